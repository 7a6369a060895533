using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Plugins.Settings;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Settings;

public sealed class SettingsFormTests
{
    public enum Security
    {
        None,
        Tls,
    }

    [Fact]
    public void An_options_class_is_described_for_a_form()
    {
        var form = SettingsForm.Describe(typeof(Example));

        Assert.Collection(
            form,
            one => Assert.Equal(("Host", SettingKind.Text, true, "", "Name of the server."), (one.Name, one.Kind, one.Required, one.Default, one.Description)),
            one => Assert.Equal(("Security", SettingKind.Choice, "Tls", "None,Tls"), (one.Name, one.Kind, one.Default, string.Join(",", one.Choices))),
            one => Assert.Equal(("Password", SettingKind.Secret, true, ""), (one.Name, one.Kind, one.Secret, one.Default)),
            one => Assert.Equal(("Wait", SettingKind.Duration, "00:00:10"), (one.Name, one.Kind, one.Default)),
            one => Assert.Equal(("Tags", SettingKind.Texts, "a, b"), (one.Name, one.Kind, one.Default)),
            one => Assert.Equal(("Proxy:Port", SettingKind.Integer, "3128"), (one.Name, one.Kind, one.Default)));
    }

    [Fact]
    public void A_class_that_holds_itself_is_described_to_an_end() => Assert.NotEmpty(SettingsForm.Describe(typeof(Endless)));

    public sealed class Endless
    {
        public string? Name { get; set; }

        public Endless? Inner { get; set; }
    }

    public sealed class Example
    {
        [Display(Order = 3, Description = "For signing in.")]
        public Secret? Password { get; set; } = new("default");

        [Required]
        [Display(Order = 1)]
        [Description("Name of the server.")]
        public string? Host { get; set; }

        [Display(Order = 2)]
        public Security Security { get; set; } = Security.Tls;

        public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(10);

        public string[] Tags { get; set; } = ["a", "b"];

        public ExampleProxy Proxy { get; set; } = new();

        public int ReadOnly { get; } = 1;
    }

    public sealed class ExampleProxy
    {
        public int Port { get; set; } = 3128;
    }
}
