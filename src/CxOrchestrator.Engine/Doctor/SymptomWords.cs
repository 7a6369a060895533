using CxOrchestrator.Core.Doctor;

namespace CxOrchestrator.Engine.Doctor;

/// <summary>Symptoms in words, with what to do.</summary>
internal static class SymptomWords
{
    private const string Start = "Start the service: cxo run. Where it runs, read its log: the errors there name the cause.";

    private static readonly Dictionary<Ailment, (string What, string WhatToDo)> Words = new()
    {
        [Ailment.EventsNotProcessed] = ("events are stored and not decided on", Start),
        [Ailment.WalksNotStarted] = ("walks are due and not walked on", Start),
        [Ailment.MessagesNotStarted] = ("messages are due and not taken up", Start),
        [Ailment.CasesNotStarted] = ("cases are due to be opened in the helpdesk and not taken up", Start),
        [Ailment.WriteBacksNotStarted] = ("write-backs are due and not taken up", Start),
        [Ailment.ErrandsNotStarted] = ("errands are due and not taken up", Start),
        [Ailment.LeasesLeft] = ("rows are under a lease that ended long ago: the process that had them is gone", $"A running service takes them over. {Start}"),
        [Ailment.MessagesUnknown] =
            ("messages may or may not have been sent", "See cxo deliveries list, ask the service, then: cxo deliveries settle DELIVERY --sent (or --send-again) --by NAME"),
        [Ailment.WalksFailed] = ("walks were stopped by an error", "See why: cxo journeys list, then cxo explain --customer ID --journey KEY; put the journey right and publish it: cxo journeys publish"),
        [Ailment.WriteBacksDead] = ("changes were refused by the CRM for good, or given up", "cxo dead-letters list, put the cause right, then: cxo dead-letters replay ID (or discard ID --by NAME --why TEXT)"),
        [Ailment.ErrandsDead] = ("errands were refused for good, or given up", "cxo dead-letters list, put the cause right, then: cxo dead-letters replay ID (or discard ID --by NAME --why TEXT)"),
        [Ailment.CasesRefused] = ("cases were refused by the helpdesk for good: unhappy customers whom nobody looks after", "See cxo cases list --state refused, and open their tickets by hand"),
    };

    /// <summary>The finding.</summary>
    public static Finding Of(Symptom symptom) =>
        new(Words[symptom.Ailment].What, symptom.Count, symptom.Since, Words[symptom.Ailment].WhatToDo, NeedsPerson: true);
}
