using System.Globalization;
using CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;
using Xunit.Abstractions;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>A bad day, on a clock that is moved by hand. <c>CXO_FAULT_RUN_CHANGES</c> makes it another number than 100,000 changes (a multiple of five).</summary>
public sealed class FaultRunTests(ITestOutputHelper output)
{
    private const int People = 20_000;
    private const int Seed = 20260302;

    private static readonly TimeSpan Outage = TimeSpan.FromHours(1);

    [Fact]
    public async Task Write_backs_through_a_day_of_faults_are_each_written_exactly_once_within_a_minute_of_recovery_and_within_all_limits()
    {
        var total = int.Parse(Environment.GetEnvironmentVariable("CXO_FAULT_RUN_CHANGES") ?? "100000", CultureInfo.InvariantCulture);
        await using var rig = await DataverseRig.StartAsync(settings => settings.CustomerVoice = WhereInstalled.Off, organisation => organisation.Refereed = false);
        var start = rig.Organisation.Now;
        var (fails, recovers) = (start + TimeSpan.FromHours(1), start + TimeSpan.FromHours(1) + Outage);
        var people = Enumerable.Range(0, People).Select(i => rig.Organisation.Put("contact", null, ("emailaddress1", $"p{i}@example.com"))).ToList();
        Misbehave(rig.Organisation, fails, recovers);
        var driver = new WriteBackDriver(rig.Writer, rig.Organisation.Clock, batchesAtOnce: 4);
        for (var i = 0; i < total; i++)
        {
            // Four fifths before the outage, a fifth during it; what happens in ten seconds is owed together.
            var at = i % 5 < 4 ? start.AddSeconds(i / (double)total * 360 % 360 * 10) : fails.AddSeconds(i / (double)total * 360 * 10);
            driver.Owe(ChangeOf(i, people), start.AddSeconds(Math.Floor((at - start).TotalSeconds / 10) * 10));
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await driver.RunAsync();

        output.WriteLine(
            $"{total} changes, {rig.Organisation.Server.Requests.Count} requests, {driver.Retries} tries again, {rig.Organisation.Server.FaultsMet} cuts after the body, "
            + $"last written {driver.Written.Values.Max() - recovers} after recovery, {rig.Organisation.Limits.MostInWindow} requests in the fullest window, "
            + $"{rig.Organisation.Server.MostAtOnce} at once; {clock.Elapsed} of real time");
        Assert.Empty(driver.Refused);
        Assert.Equal(total, driver.Written.Count);
        Assert.InRange(driver.Written.Values.Max(), recovers, recovers + TimeSpan.FromMinutes(1));
        Assert.True(rig.Organisation.Server.FaultsMet > 10 && driver.Retries > 1000, "there were too few faults to prove anything");
        AssertExactlyOnce(rig.Organisation, total, people);
        Assert.InRange(rig.Organisation.Limits.MostInWindow, 1, rig.Organisation.Limits.RequestsPerWindow);
        Assert.InRange(rig.Organisation.Server.MostAtOnce, 1, rig.Organisation.Limits.AtOnce);
        ODataReferee.Judge(rig.Organisation.Server.Requests.Where((request, i) => i % 40 == 0 && (request.Method == "GET" || !request.Body.IsEmpty)));
    }

    private static void Misbehave(DataverseOrganisation organisation, DateTimeOffset fails, DateTimeOffset recovers)
    {
        var dice = new Random(Seed);
        var gate = new Lock();
        double Roll()
        {
            lock (gate)
                return dice.NextDouble();
        }

        organisation.Limits.RetryAfter = TimeSpan.FromSeconds(1);
        organisation.Instead = _ => organisation.Now >= fails && organisation.Now < recovers ? OrganisationAnswer.Error(503, "", "Down for maintenance.") : Roll() switch
        {
            < 0.02 => organisation.Limits.Limit("0x80072326", "Number of concurrent requests exceeded the limit of 52."),
            < 0.035 => OrganisationAnswer.Error(500, "0x80040216", "An unexpected error occurred."),
            < 0.05 => OrganisationAnswer.Error(503, "", "The service is unavailable."),
            _ => null,
        };
        organisation.Server.Fault = HttpFault.CutAfterBody.Where(_ => Roll() < 0.03);
    }

    private static CrmChange ChangeOf(int i, List<Guid> people)
    {
        var person = people[i / 5 % People];
        var at = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddSeconds(i);
        return (i % 5) switch
        {
            0 => DataverseRig.Change($"message/{i}", person, CrmChangeKind.Message, at, ("channel", "email"), ("journey", "nps")),
            1 => DataverseRig.Change($"message/{i}", person, CrmChangeKind.Message, at, ("channel", "sms")),
            4 => DataverseRig.Change($"score/{i}", people[i / 5 % People], CrmChangeKind.Score, at, ("last_score", (long)(i % 11))),
            _ => DataverseRig.Change($"answer/{i}", person, CrmChangeKind.Answer, at, ("survey", "nps"), ("score", i % 11), ("comment", "gut")),
        };
    }

    // Rows are as many as changes, each under its own key and done; a score's stamp was put on its contact once.
    private static void AssertExactlyOnce(DataverseOrganisation organisation, int total, List<Guid> people)
    {
        Assert.Equal(
            (total / 5, total / 5, total / 5 * 2, total / 5 * 2),
            (organisation.All("email").Count, organisation.All("phonecall").Count, organisation.All("cxo_touchpoint").Count, organisation.All("activityparty").Count));
        foreach (var (table, reason) in new[] { ("email", 3), ("phonecall", 2), ("cxo_touchpoint", 2) })
            Assert.All(organisation.All(table), row => Assert.Equal((1, reason), (row.Values["statecode"]!.GetValue<int>(), row.Values["statuscode"]!.GetValue<int>())));
        for (var i = 0; i < total; i++)
        {
            var table = (i % 5) switch { 0 => "email", 1 => "phonecall", 4 => "contact", _ => "cxo_touchpoint" };
            var key = (i % 5) switch { 0 or 1 => $"message/{i}", 4 => $"score/{i}", _ => $"answer/{i}" };
            if (table != "contact")
                Assert.NotNull(organisation.Find(table, RowIds.Of("activity", key)));
            else
                Assert.Single(organisation.Find("contact", people[i / 5 % People])!.Stamps, stamp => stamp.Contains(RowIds.Mark(key), StringComparison.Ordinal));
        }
    }
}
