using CxOrchestrator.Plugins.Secrets;

namespace CxOrchestrator.Plugins.Tests.Secrets;

public sealed class KeyVaultSecretsTests : IDisposable
{
    private const string Version = "0123456789abcdef0123456789abcdef";

    private readonly AKeyVault _vault = new();

    [Fact]
    public void A_secret_is_read_with_the_identity_of_this_machine()
    {
        _vault.Secrets["/secrets/smtp-password"] = "hunter2";
        _vault.Secrets[$"/secrets/smtp-password/{Version}"] = "hunter1";
        var references = new SecretReference(_ => null, _vault.References);

        Assert.Equal("hunter2", references.Resolve("keyvault:https://v.vault.azure.net/secrets/smtp-password").Secret?.Reveal());
        Assert.Equal("hunter1", references.Resolve($"keyvault:https://v.vault.azure.net/secrets/smtp-password/{Version}").Secret?.Reveal());
        Assert.Equal(["GET /secrets/smtp-password/ without token", "GET /secrets/smtp-password/ with token"], _vault.Asked.Take(2));
    }

    [Theory]
    [InlineData(401, "does not know this machine's identity (401)")]
    [InlineData(403, "the role Key Vault Secrets User")]
    [InlineData(404, "there is none of this name (404)")]
    public void What_the_vault_refuses_is_told_with_what_to_do_and_without_its_own_words(int status, string what)
    {
        _vault.AnswerAlways = status;
        var (secret, fault) = _vault.References.Find("https://v.vault.azure.net/secrets/a");
        Assert.Null(secret);
        Assert.StartsWith("the secret a of v.vault.azure.net can't be had: ", fault, StringComparison.Ordinal);
        Assert.Contains(what, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("the-token", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_an_identity_is_told_how_to_get_one()
    {
        _vault.CannotSignIn = "secret words of the identity service";
        var fault = _vault.References.Find("https://v.vault.azure.net/secrets/a").Fault;
        Assert.Contains("give it a managed identity, or set AZURE_TENANT_ID", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vault_that_can_not_be_reached_is_told()
    {
        _vault.GoAway();
        Assert.Contains("can't be reached", _vault.References.Find("https://v.vault.azure.net/secrets/a").Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://v.vault.azure.net/secrets/a")]
    [InlineData("https://v.vault.azure.net.example.com/secrets/a")]
    [InlineData("https://example.com/secrets/a")]
    [InlineData("https://a.b.vault.azure.net/secrets/a")]
    [InlineData("https://.vault.azure.net/secrets/a")]
    [InlineData("https://v.vault.azure.net:8443/secrets/a")]
    [InlineData("https://user:pass@v.vault.azure.net/secrets/a")]
    [InlineData("https://v.vault.azure.net/secrets/a?b=c")]
    [InlineData("https://v.vault.azure.net/secrets/")]
    [InlineData("https://v.vault.azure.net/keys/a")]
    [InlineData("https://v.vault.azure.net/secrets/a/b")]
    [InlineData("v")]
    public void Nobody_else_is_asked_and_gets_a_token(string address)
    {
        Assert.Contains("https://VAULT.vault.azure.net/secrets/NAME", _vault.References.Find(address).Fault, StringComparison.Ordinal);
        Assert.Empty(_vault.Asked);
    }

    public void Dispose() => _vault.Dispose();
}
