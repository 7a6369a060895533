using System.Text;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>A journey whose every wake takes the same steps, round after round, none of them a message.</summary>
/// <param name="Key">The journey's key.</param>
/// <param name="Steps">Steps of one wake, each counted when it is left: the wait that is over, and what follows it up to the next wait.</param>
/// <param name="Words">What they are.</param>
internal sealed record WalkMix(string Key, int Steps, string Words)
{
    /// <summary>Rounds of a journey; the last wait is never over.</summary>
    public const int Rounds = 12;

    /// <summary>Wakes of one, two and three steps.</summary>
    public static IReadOnlyList<WalkMix> All { get; } =
        [new("waits", 1, "wait"), new("choices", 2, "wait, choose"), new("updates", 3, "wait, choose, updateCustomer")];

    /// <summary>The journey's file.</summary>
    public string File()
    {
        var text = new StringBuilder($"journey: {Key}\npurpose: service\ntouchpoint: delivery\ntrigger: {{ on: order.delivered }}\nsteps:\n");
        for (var round = 0; round < Rounds; round++)
            text.Append("  - wait: 1d\n").Append(After(round));
        return text.ToString();
    }

    private string After(int round) => Steps switch
    {
        1 => "",
        2 => """
              - choose:
                  - when: event.data.total > 100000 && customer.tier == "gold"
                    steps: [ { exit: too good } ]

            """,
        _ => $$"""
              - choose:
                  - when: customer.tier == "gold" && event.data.total > 100
                    steps: [ { updateCustomer: { round: "{{round}}", standing: "'high'" } } ]
                  - otherwise: [ { updateCustomer: { round: "{{round}}", standing: "'usual'" } } ]

            """,
    };
}
