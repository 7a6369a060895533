using CxOrchestrator.Templating.Lexing;

namespace CxOrchestrator.Templating.Parsing;

/// <summary>Functions of Scriban that are left out on purpose: they evaluate text, or give something else at each rendering.</summary>
internal static class LeftOut
{
    /// <summary>Is this function left out?</summary>
    public static bool Has(string group, string name) => (group, name) is ("object", "eval" or "eval_template")
        or ("math", "random" or "uuid") or ("string", "hmac_sha1" or "hmac_sha256" or "hmac_sha512");

    /// <summary>Refuses a function that is left out.</summary>
    /// <exception cref="ParseFault">It is.</exception>
    public static void Check(string group, string name, SourceSpan span)
    {
        if (Has(group, name)) throw new ParseFault(span, $"`{group}.{name}` is left out of the language here.");
    }
}
