using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.Settings;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Tests.Settings;

public sealed class SettingsBinderTests
{
    public enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public void Every_kind_of_setting_is_read()
    {
        var (settings, faults) = Bind(
            ("Host", "mail.example"), ("port", "25"), ("Ratio", "0.5"), ("Tls", "TRUE"), ("Colour", "green"), ("Wait", "00:01:30"),
            ("Url", "https://api.example/v1"), ("Key", "env:KEY"), ("Tags:0", "a"), ("Tags:1", "b"), ("Fields:Name", "fullname"),
            ("Proxy:Port", "8080"), ("Limit", "7"));

        Assert.Empty(faults);
        Assert.Equal("mail.example", settings.Host);
        Assert.Equal(25, settings.Port);
        Assert.Equal(0.5, settings.Ratio);
        Assert.True(settings.Tls);
        Assert.Equal(Colour.Green, settings.Colour);
        Assert.Equal(TimeSpan.FromSeconds(90), settings.Wait);
        Assert.Equal(new Uri("https://api.example/v1"), settings.Url);
        Assert.Equal("hunter2", settings.Key!.Reveal());
        Assert.Equal(["a", "b"], settings.Tags);
        Assert.Equal("fullname", settings.Fields["Name"]);
        Assert.Equal(8080, settings.Proxy.Port);
        Assert.Equal(7, settings.Limit);
    }

    [Theory]
    [InlineData("Prot", "25", "unknown setting Prot; did you mean \"Port\"?")]
    [InlineData("Proxy:Prot", "25", "unknown setting Proxy:Prot; did you mean \"Port\"?")]
    [InlineData("Port", "many", "Port: is \"many\", and must be a whole number")]
    [InlineData("Port", "99999999999", "Port: is \"99999999999\", and must be a whole number that is nearer to zero")]
    [InlineData("Port", "70000", "Port: The field Port must be between 1 and 65535. (it is \"70000\")")]
    [InlineData("Ratio", "0,5", "Ratio: is \"0,5\", and must be a number")]
    [InlineData("Tls", "yes", "Tls: is \"yes\", and must be true or false")]
    [InlineData("Colour", "1", "Colour: is \"1\", and must be one of Red, Green")]
    [InlineData("Wait", "30", "Wait: is \"30\", and must be a duration such as 00:00:30 (hours:minutes:seconds)")]
    [InlineData("Url", "api.example", "Url: is \"api.example\", and must be a URL such as https://api.example.com")]
    [InlineData("Url", "/etc/passwd", "Url: is \"/etc/passwd\", and must be a URL such as https://api.example.com")]
    [InlineData("Tags", "a", "Tags: must be a list")]
    [InlineData("Port:Number", "25", "Port: must be one value")]
    [InlineData("Proxy:Port", "0", "Proxy:Port: The field Port must be between 1 and 65535. (it is \"0\")")]
    public void What_is_wrong_is_told_with_its_key_and_value(string key, string value, string fault)
    {
        var (_, faults) = Bind(("Host", "h"), (key, value));

        Assert.Equal([fault], faults);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var (_, faults) = Bind(("Host", ""), ("Port", "x"), ("Key", "env:MISSING"), ("Colur", "Red"), ("Proxy:Port", "0"));

        Assert.Equal(
            [
                "unknown setting Colur; did you mean \"Colour\"?",
                "Host: The Host field is required.",
                "Key: the environment variable MISSING is not set: set it where this service starts",
                "Port: is \"x\", and must be a whole number",
                "Proxy:Port: The field Port must be between 1 and 65535. (it is \"0\")",
            ],
            faults.Order(StringComparer.Ordinal).OrderByDescending(fault => fault.StartsWith("unknown", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_rule_over_several_settings_is_told_with_the_others()
    {
        var (_, faults) = Bind(("Host", "h"), ("Port", "0"), ("Tls", "true"));

        Assert.Equal(["Port: The field Port must be between 1 and 65535. (it is \"0\")", "Colour: TLS needs a green light."], faults);
    }

    [Theory]
    [InlineData("hunter2", "a secret may not stand in the settings themselves")]
    [InlineData("env:", "a secret may not stand in the settings themselves")]
    [InlineData("file:/no/such/file", "the file /no/such/file can't be read (DirectoryNotFoundException)")]
    public void A_secret_is_given_by_reference_and_its_fault_never_shows_it(string reference, string fault)
    {
        var (_, faults) = Bind(("Host", "h"), ("Key", reference));

        Assert.StartsWith($"Key: {fault}", Assert.Single(faults), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_stands_under_a_mistyped_key_is_not_shown_either()
    {
        var (_, faults) = Bind(("Host", "h"), ("Kye", "hunter2"));

        Assert.DoesNotContain("hunter2", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_a_file_ends_before_the_line_break()
    {
        using var folder = new TestKit.TemporaryFolder();
        File.WriteAllText(folder.PathOf("key"), "hunter2\n");

        var (settings, _) = Bind(("Host", "h"), ("Key", $"file:{folder.PathOf("key")}"));

        Assert.Equal("hunter2", settings.Key!.Reveal());
    }

    [Fact]
    public void An_empty_value_leaves_the_default()
    {
        var (settings, faults) = Bind(("Host", "h"), ("Port", ""), ("Wait", ""), ("Key", ""));

        Assert.Empty(faults);
        Assert.Equal(587, settings.Port);
        Assert.Null(settings.Key);
    }

    private static (Example Settings, IReadOnlyList<string> Faults) Bind(params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"S:{pair.Key}", (string?)pair.Value)))
            .Build();
        var binder = new SettingsBinder(new SecretReference(name => name == "KEY" ? "hunter2" : null));
        var bound = binder.Bind(configuration.GetSection("S"), new Example(), "");
        return ((Example)bound.Value, bound.Faults);
    }

    public sealed class Example : IValidatableObject
    {
        [Required]
        public string Host { get; set; } = "";

        [Range(1, 65535)]
        public int Port { get; set; } = 587;

        public double Ratio { get; set; }

        public bool Tls { get; set; }

        public Colour? Colour { get; set; }

        public TimeSpan Wait { get; set; }

        public Uri? Url { get; set; }

        public Secret? Key { get; set; }

        public IReadOnlyList<string> Tags { get; set; } = [];

        public Dictionary<string, string> Fields { get; set; } = [];

        public ExampleProxy Proxy { get; set; } = new();

        public long? Limit { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Tls && Colour != SettingsBinderTests.Colour.Green)
                yield return new ValidationResult("TLS needs a green light.", [nameof(Colour)]);
        }
    }

    public sealed class ExampleProxy
    {
        [Range(1, 65535)]
        public int Port { get; set; } = 3128;
    }
}
