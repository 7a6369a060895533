using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Retention;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Retention;

namespace CxOrchestrator.Engine.Doctor;

/// <inheritdoc cref="IDoctor"/>
internal sealed class Doctor(
    ISymptomStore symptoms, IRetentionStore retention, CoreSettings settings, IPublishedContent content,
    JourneyExam journeys, TriggerExam triggers, MessageExam messages, AttentionExam attention, NodeExam nodes, CalendarExam calendars, Clocks clocks) : IDoctor
{
    /// <summary>Work that is due is taken up within seconds; what waits for minutes waits for something.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Less is the ordinary drift of machines, which leases bear.
    private static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        await content.RefreshAsync(cancellation);
        var found = await symptoms.ReadAsync(clocks.Now - Patience, clocks.MachineNow - Patience, cancellation);
        List<Finding> findings =
        [
            .. found.Select(SymptomWords.Of),
            .. Skew(await symptoms.ClockAsync(cancellation)),
            .. await nodes.ExamineAsync(cancellation),
            .. (await retention.HeldBackAsync(settings.Retention.At(clocks.Now), cancellation)).Select(HeldWords.Finding),
            .. await calendars.ExamineAsync(cancellation),
            .. await journeys.ExamineAsync(cancellation),
            .. await triggers.ExamineAsync(cancellation),
            .. await messages.ExamineAsync(cancellation),
            .. await attention.ExamineAsync(cancellation),
        ];
        return [.. findings.OrderByDescending(finding => finding.NeedsPerson)];
    }

    private IEnumerable<Finding> Skew(DateTimeOffset database)
    {
        var skew = (database - clocks.MachineNow).Duration();
        if (skew > LargestSkew)
            yield return new Finding(
                $"the database's clock and this machine's are {skew.TotalSeconds:0} seconds apart", 1, null,
                "Set both by NTP (timedatectl status): leases and quiet hours go by them.", NeedsPerson: true);
    }
}
