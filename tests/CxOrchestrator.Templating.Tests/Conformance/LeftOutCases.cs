namespace CxOrchestrator.Templating.Tests.Conformance;

/// <summary>Cases that use what is left out of the language on purpose, with the construct that the parse error names.</summary>
internal static class LeftOutCases
{
    public static readonly IReadOnlyDictionary<string, string> ConstructByCase = new Dictionary<string, string>
    {
        ["300-functions/302-func-param-expands"] = "^",
        ["300-functions/310-func-pipe"] = "^",
        ["300-functions/330-wrap-statement"] = "wrap",
        ["300-functions/330-wrap-statement-noparams"] = "wrap",
        ["300-functions/331-wrap-error2"] = "wrap",
        ["builtin/object.eval"] = "object.eval",
        ["builtin/object.eval_template"] = "object.eval_template",
        ["builtin/string.hmac_sha256"] = "string.hmac_sha256",
        ["probe/functions/14"] = "wrap",
        ["probe/functions/17"] = "^",
        ["probe/numbers/10"] = "^",
    };
}
