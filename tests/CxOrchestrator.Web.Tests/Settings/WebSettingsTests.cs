using CxOrchestrator.TestKit;
using CxOrchestrator.Web.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Web.Tests.Settings;

public sealed class WebSettingsTests
{
    [Fact]
    public void The_shipped_file_gives_the_defaults_of_the_code()
    {
        var shipped = new ConfigurationBuilder().AddJsonFile(Repository.PathOf("appsettings.json")).Build();
        var none = new ConfigurationBuilder().Build();

        var (fromFile, faults) = WebSettingsReader.Read(shipped);
        var (fromCode, _) = WebSettingsReader.Read(none);

        Assert.Empty(faults);
        Assert.Equal(
            (fromCode.Listen, fromCode.TrustLoopback, fromCode.MaxEventBytes, fromCode.ConfirmWithin, fromCode.MaxWaiting, fromCode.MaxWaitingBytes),
            (fromFile.Listen, fromFile.TrustLoopback, fromFile.MaxEventBytes, fromFile.ConfirmWithin, fromFile.MaxWaiting, fromFile.MaxWaitingBytes));
    }

    [Fact]
    public void There_is_always_room_for_one_body_of_the_largest_size()
    {
        var (settings, faults) = WebSettingsReader.Read(Of(("Events:MaxWaitingBytes", "2000"), ("Web:MaxHookBytes", "5000000")));

        Assert.Empty(faults);
        Assert.Equal(5_000_000, settings.MaxWaitingBytes);
    }

    [Fact]
    public void All_faults_are_found_at_once_and_no_key_is_repeated()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("good"), "a-key-of-some-length");
        File.WriteAllText(folder.PathOf("short"), "short");
        var configuration = Of(
            ("Web:Listen", "nowhere"), ("Access:TrustLoopback", "perhaps"), ("Events:MaxBytes", "10"), ("Events:MaxWaiting", "0"),
            ("Events:MaxWaitingBytes", "32 MB"), ("Surveys:ConfirmWithin", "soon"),
            ("Access:People:0:Name", "anna"), ("Access:People:0:Role", "boss"), ("Access:People:0:Key", "file:" + folder.PathOf("good")),
            ("Access:People:1:Name", ""), ("Access:People:1:Role", "agent"), ("Access:People:1:Key", "my-actual-secret-key"),
            ("Events:Sources:0:Name", "CXO"), ("Events:Sources:0:Key", "file:" + folder.PathOf("missing")),
            ("Events:Sources:1:Name", "shop"), ("Events:Sources:1:Key", "file:" + folder.PathOf("short")),
            ("Events:Sources:2:Name", "shop2"), ("Events:Sources:2:Key", "file:" + folder.PathOf("good")),
            ("Events:Sources:3:Name", "shop3"), ("Events:Sources:3:Key", "file:" + folder.PathOf("good")),
            ("Events:Sources:4:Name", "shop3"), ("Events:Sources:4:Key", "env:CXO_NO_SUCH_VARIABLE"));

        var (_, faults) = WebSettingsReader.Read(configuration);

        Assert.Equal(
            [
                "Access:People:0:Role", "Access:People:1:Key", "Access:People:1:Name", "Access:TrustLoopback", "Events:MaxBytes", "Events:MaxWaiting",
                "Events:MaxWaitingBytes", "Events:Sources",
                "Events:Sources:0:Key", "Events:Sources:0:Name", "Events:Sources:1:Key", "Events:Sources:4:Key", "Events:Sources:4:Name",
                "Surveys:ConfirmWithin", "Web:Listen",
            ],
            faults.Select(fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(faults, fault => fault.Contains("secret", StringComparison.Ordinal) || fault.Contains("a-key", StringComparison.Ordinal));
        var exception = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddWeb(configuration));
        Assert.All(faults, fault => Assert.Contains(fault, exception.Message, StringComparison.Ordinal));
    }

    private static IConfiguration Of(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
}
