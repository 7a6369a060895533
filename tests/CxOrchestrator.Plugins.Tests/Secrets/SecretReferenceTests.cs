using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Secrets;

public sealed class SecretReferenceTests : IDisposable
{
    private const string Value = "hunter2/and=more";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    [Fact]
    public void An_environment_variable_and_a_file_are_found()
    {
        _environment["MAIL_PASSWORD"] = Value;
        File.WriteAllText(_folder.PathOf("password"), Value + "\n");
        Assert.Equal(Value, References.Resolve("env:MAIL_PASSWORD").Secret?.Reveal());
        Assert.Equal(Value, References.Resolve($"file:{_folder.PathOf("password")}").Secret?.Reveal());
    }

    [Theory]
    [InlineData("HOME", ".microsoft/usersecrets/cxorchestrator/secrets.json")]
    [InlineData("APPDATA", "Microsoft/UserSecrets/cxorchestrator/secrets.json")]
    public void A_user_secret_is_found_where_dotnet_puts_it(string variable, string path)
    {
        _environment[variable] = _folder.Path;
        UserSecrets(path, $$"""{ "Mail:Password": "{{Value}}", "Sms": { "Token": "t" }, "Empty": "" }""");
        Assert.Equal(Value, References.Resolve("user-secrets:Mail:Password").Secret?.Reveal());
        Assert.Equal("t", References.Resolve("user-secrets:Sms:Token").Secret?.Reveal());
        Assert.Equal(
            (null, "the user secrets have no Sms: dotnet user-secrets set \"Sms\" VALUE --id cxorchestrator"), References.Resolve("user-secrets:Sms"));
        Assert.Contains("have no Empty", References.Resolve("user-secrets:Empty").Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void User_secrets_that_are_missing_or_no_json_are_told_without_what_is_in_them()
    {
        _environment["HOME"] = _folder.Path;
        Assert.Contains("can't be read (DirectoryNotFoundException)", References.Resolve("user-secrets:A").Fault, StringComparison.Ordinal);
        UserSecrets(".microsoft/usersecrets/cxorchestrator/secrets.json", $"{{ \"A\": {Value} }}");
        var fault = References.Resolve("user-secrets:A").Fault;
        Assert.Contains("are not valid JSON", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Value)]
    [InlineData("ENV:NAME")]
    [InlineData("env:")]
    [InlineData("keyvault:")]
    public void A_text_that_is_no_reference_is_refused_and_not_repeated(string text)
    {
        var (secret, fault) = References.Resolve(text);
        Assert.Null(secret);
        Assert.StartsWith("a secret may not stand in the settings themselves", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", fault, StringComparison.Ordinal);
        Assert.Equal(fault, ReferenceForm.FaultOf(text));
        Assert.Equal(fault, new UnopenedReferences().Resolve(text).Fault);
    }

    [Fact]
    public void A_reference_is_well_formed_whether_or_not_there_is_anything_behind_it() =>
        Assert.All(["env:NOT_THERE", "file:/not/there", "user-secrets:Not:There", "keyvault:https://v.vault.azure.net/secrets/not-there"], reference => Assert.Null(ReferenceForm.FaultOf(reference)));

    public void Dispose() => _folder.Dispose();

    private SecretReference References => new(name => _environment.GetValueOrDefault(name));

    private void UserSecrets(string path, string content)
    {
        var file = _folder.PathOf(path.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
