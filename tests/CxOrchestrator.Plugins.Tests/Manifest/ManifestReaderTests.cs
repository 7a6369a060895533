using System.Text;
using CxOrchestrator.Plugins.Manifest;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Manifest;

public sealed class ManifestReaderTests
{
    private const string Good = """
        {
          "id": "email.smtp",
          "name": "SMTP",
          "version": "1.0.0-beta.1",
          "sdk": "[0.1,1.0)",
          "assembly": "Email.Smtp.dll",
          "entryType": "Acme.SmtpPlugin",
          "capabilities": [ "EmailSender", "healthProbe" ],
          "assemblies": [ "Email.Smtp.dll" ]
        }
        """;

    [Fact]
    public void A_good_manifest_is_read_whole()
    {
        var reading = Read(Good);

        Assert.Empty(reading.Faults);
        Assert.Equal("email.smtp", reading.Manifest!.Id);
        Assert.Equal("1.0.0-beta.1", reading.Manifest.Version);
        Assert.Equal([Capability.EmailSender, Capability.HealthProbe], reading.Manifest.Capabilities);
        Assert.Null(reading.Manifest.Description);
    }

    [Fact]
    public void A_byte_order_mark_is_no_fault() => Assert.Empty(Read("\uFEFF" + Good).Faults);

    [Theory]
    [InlineData("\"email.smtp\"", "\"Email Smtp\"", "line 2: \"id\" is \"Email Smtp\"")]
    [InlineData("\"email.smtp\"", "\"../smtp\"", "line 2: \"id\" is \"../smtp\"")]
    [InlineData("\"email.smtp\"", "7", "line 2: \"id\" must be a text that isn't empty")]
    [InlineData("\"SMTP\"", "\" \"", "line 3: \"name\" must be a text that isn't empty")]
    [InlineData("\"1.0.0-beta.1\"", "\"1.0\"", "line 4: \"version\" is \"1.0\"")]
    [InlineData("\"[0.1,1.0)\"", "\"0.1.*\"", "line 5: \"sdk\" is \"0.1.*\": a version range is like")]
    [InlineData("\"[0.1,1.0)\"", "\"[0.9,1.0)\"", "line 5: \"sdk\" is \"[0.9,1.0)\": the plugin does not work with this host's SDK 0.2.0")]
    [InlineData("\"EmailSender\"", "\"EmailSendr\"", "line 8: \"capabilities\" has \"EmailSendr\", which is none; did you mean \"EmailSender\"?")]
    [InlineData("\"EmailSender\"", "\"2\"", "line 8: \"capabilities\" has \"2\", which is none")]
    [InlineData("\"EmailSender\"", "\"HealthProbe\"", "line 8: \"capabilities\" has \"healthProbe\" twice")]
    [InlineData("[ \"Email.Smtp.dll\" ]", "[]", "line 9: \"assemblies\" must be a list of texts with at least one")]
    [InlineData("[ \"Email.Smtp.dll\" ]", "[ null ]", "line 9: \"assemblies\" must be a list of texts with at least one")]
    [InlineData("\"name\"", "\"id\"", "line 3: the key \"id\" stands there twice")]
    [InlineData("\"name\"", "\"nmae\"", "line 3: unknown key \"nmae\"; did you mean \"name\"?")]
    [InlineData("\"name\":", "\"name\"", "line 3: not valid JSON")]
    public void What_is_wrong_is_told_with_its_line(string good, string bad, string fault)
    {
        var reading = Read(Good.Replace(good, bad, StringComparison.Ordinal));

        Assert.Null(reading.Manifest);
        Assert.Contains(reading.Faults, one => one.StartsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var reading = Read("""{ "id": "UPPER", "version": "x", "colour": "red" }""");

        Assert.Equal(
            [
                "line 1: unknown key \"colour\"; known: id, name, version, sdk, assembly, entryType, capabilities, assemblies, description",
                "line 1: \"id\" is \"UPPER\": an id has lower-case letters and digits, parted by dots or dashes, such as \"email.smtp\"",
                "the key \"name\" is missing",
                "line 1: \"version\" is \"x\": a version is like \"1.0.0\" (SemVer 2.0)",
                "the key \"sdk\" is missing",
                "the key \"assembly\" is missing",
                "the key \"entryType\" is missing",
                "the key \"capabilities\" is missing",
                "the key \"assemblies\" is missing",
            ],
            reading.Faults);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{ // a comment\n }")]
    [InlineData("\u0000")]
    public void What_is_not_one_object_is_refused(string content) => Assert.NotEmpty(Read(content).Faults);

    private static ManifestReading Read(string content) => ManifestReader.Read(Encoding.UTF8.GetBytes(content));
}
