using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Retention;
using CxOrchestrator.Host.Settings;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Host.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Fact]
    public void The_one_settings_file_has_no_faults_and_says_the_defaults_of_the_code()
    {
        var written = Read(SettingsFile.Load(Path.Combine(Repository.Root, "appsettings.json")), out var faults);
        Assert.Empty(faults);
        var defaults = Read(Of(), out _);
        // The file knows the event types of the starter content; everything else that it says is what holds without it.
        Assert.Equal(["order.returned", "ticket.reopened"], written.Core.EventTypes);
        Assert.Equal(defaults.Core.Sending, written.Core.Sending);
        Assert.Equal(defaults.Core.TriggerWithin, written.Core.TriggerWithin);
        Assert.Equal(defaults.Core.Retention, written.Core.Retention);
        Assert.Equal(defaults.Core.Business.Days.Order(), written.Core.Business.Days.Order());
        Assert.Equal((defaults.Storage, defaults.Listen, defaults.ClockSpeed, defaults.PublishAtStart),
            (written.Storage, written.Listen, written.ClockSpeed, written.PublishAtStart));
    }

    [Fact]
    public void All_faults_are_told_at_once_each_with_its_value_and_what_to_write()
    {
        Read(Of(
            ("Sending:QuietFrom", "25:00"), ("Sending:Batch", "0"), ("Business:Days:0", "Caturday"), ("Business:TimeZone", "Mars/Olympus"),
            ("Events:TriggerWithin", "soon"), ("Web:Listen", "over there"), ("Customers:Locale", "klingon!"), ("Storage:Kind", "oracle")), out var faults);
        Assert.Equal(
            [
                "Storage:Kind is \"oracle\": write sqlite or postgres",
                "Web:Listen is \"over there\": write an address such as https://cx.example.com",
                "Events:TriggerWithin is \"soon\": write a duration such as 7d, or \"any\"",
                "Customers:Locale is \"klingon!\": write a language tag such as en or pt-BR",
                "Business:TimeZone is \"Mars/Olympus\": write an IANA time zone such as Asia/Bangkok",
                "Business:Days:0 is \"Caturday\": write a day of the week such as Monday",
                "Sending:QuietFrom is \"25:00\": write a time of day such as 21:00, or \"\" for none",
                "Sending:Batch is \"0\": write a whole number from 1 to 10000",
            ],
            faults);
    }

    [Theory]
    [InlineData("Sendin:Batch", "Sendin is not a section of the settings. Did you mean 'Sending'?")]
    [InlineData("Sending:Bach", "Sending:Bach is not a setting. Did you mean 'Batch'?")]
    public void An_unknown_key_is_a_fault_that_names_the_nearest_one(string key, string expected)
    {
        Read(Of((key, "7")), out var faults);
        Assert.Equal([expected], faults);
    }

    [Theory]
    [InlineData("24 months", 24)]
    [InlineData("1 month", 1)]
    [InlineData("never", null)]
    public void What_is_old_is_kept_for_whole_months_or_for_ever(string text, int? months)
    {
        var settings = Read(Of(("Retention:Events", text)), out var faults);
        Assert.Empty(faults);
        Assert.Equal(new RetentionSettings(Events: months), settings.Core.Retention);
    }

    [Theory]
    [InlineData("24")]
    [InlineData("0 months")]
    [InlineData("601 months")]
    [InlineData("90d")]
    public void Anything_else_is_no_time_to_keep_something(string text)
    {
        Read(Of(("Retention:Ledger", text)), out var faults);
        Assert.Equal([$"Retention:Ledger is \"{text}\": write 1 to 600 months such as \"24 months\", or \"never\""], faults);
    }

    [Fact]
    public void An_attention_budget_has_any_number_of_limits_and_counts_feedback_and_marketing()
    {
        var budget = Read(
            Of(("Attention:Limits:0:Messages", "2"), ("Attention:Limits:0:Within", "7d"), ("Attention:Limits:1:Messages", "1"), ("Attention:Limits:1:Within", "20h")),
            out var faults).Core.Attention;
        Assert.Empty(faults);
        Assert.Equal([new AttentionLimit(2, TimeSpan.FromDays(7)), new AttentionLimit(1, TimeSpan.FromHours(20))], budget.Limits);
        Assert.Equal([Purpose.Feedback, Purpose.Marketing], budget.Purposes);
        Assert.Empty(Read(Of(), out _).Core.Attention.Limits);
        Assert.Equal([Purpose.Marketing], Read(Of(("Attention:Purposes:0", "marketing")), out _).Core.Attention.Purposes);
    }

    [Fact]
    public void All_faults_of_an_attention_budget_are_told_at_once()
    {
        Read(
            Of(
                ("Attention:Purposes:0", "service"), ("Attention:Limits:0:Messages", "0"), ("Attention:Limits:0:Within", "1 business day"),
                ("Attention:Limits:1:Messages", "2"), ("Attention:Limits:2:Within", "7d"), ("Attention:Limits:3:Messages", "1"), ("Attention:Limits:3:Within", "90d"),
                ("Attention:Limits:3:Days", "90"), ("Attention:Limit", "3"), ("Retention:Ledger", "2 months")),
            out var faults);
        Assert.Equal(
            [
                "Attention:Purposes:0 is \"service\": write feedback or marketing; service messages are outside of the budget",
                "Attention:Limits:0:Messages is \"0\": write a whole number from 1 to 1000",
                "Attention:Limits:0:Within is \"1 business day\": write a time from 1m to 366d without business days, such as 7d or 24h",
                "Attention:Limits:1:Within is missing: write a time such as 7d",
                "Attention:Limits:2:Messages is missing: write a whole number from 1 to 1000",
                "Attention:Limits:3:Days is not a setting.",
                "Attention:Limits:3:Within reaches further back than the ledger is kept (Retention:Ledger is 2 months): shorten it, or keep the ledger longer",
                "Attention:Limit is not a setting. Did you mean 'Limits'?",
            ],
            faults);
    }

    [Fact]
    public void Words_that_switch_something_off_are_understood()
    {
        var settings = Read(Of(("Events:TriggerWithin", "any"), ("Sending:ExpiresAfter", "never"), ("Sending:QuietFrom", "")), out var faults);
        Assert.Empty(faults);
        Assert.Null(settings.Core.TriggerWithin);
        Assert.Null(settings.Core.Sending.ExpiresAfter);
        Assert.Null(settings.Core.Sending.QuietFrom);
        Assert.Equal(Duration.OfDays(7), Read(Of(), out _).Core.TriggerWithin);
    }

    [Fact]
    public void Paths_are_meant_from_the_settings_folder_and_a_named_database_is_not_migrated_by_itself()
    {
        var settings = Read(Of(("Data:Folder", "here"), ("Storage:File", "db/mine.db")), out _);
        Assert.Equal("/base/here", settings.Core.DataFolder);
        Assert.Equal("/base/db/mine.db", settings.Storage.File);
        Assert.False(settings.Storage.MigratesItself);
    }

    [Fact]
    public void A_file_that_is_not_JSON_is_told_with_its_name()
    {
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("appsettings.json");
        File.WriteAllText(file, "{ \"Data\": ");
        var error = Assert.Throws<InvalidDataException>(() => SettingsFile.Load(file));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    private static HostSettings Read(IConfiguration configuration, out IReadOnlyList<string> faults)
    {
        var (settings, found) = SettingsReader.Read(configuration, "/base", "/base/templates");
        faults = found;
        return settings;
    }

    private static IConfigurationRoot Of(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value))).Build();
}
