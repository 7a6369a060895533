namespace CxOrchestrator.SampleShop;

/// <summary>The journeys, messages and the survey of a shop: five journeys that compete for its customers.</summary>
public static class ShopContent
{
    /// <summary>The journeys' names.</summary>
    public static IReadOnlyList<string> Journeys { get; } = ["delivered", "digest", "welcome", "care", "care-plan"];

    /// <summary>The types of event that sources tell.</summary>
    public static IReadOnlyList<string> Types { get; } = ["order.delivered", "order.returned", "order.placed", "ticket.solved", "customer.joined", "plan.told"];

    /// <summary>The segment of the CRM to which the weekly journey goes.</summary>
    public const string Segment = "gold";

    // An order: asked after three days, reminded where nobody answered; two orders of one customer are two walks.
    private const string Delivered = """
        journey: delivered
        purpose: feedback
        touchpoint: delivery
        trigger: { on: order.delivered }
        reentry: { per: event.data.order }
        exit: [ { on: order.returned } ]
        steps:
          - wait: 3d
          - { send: ask, id: invite, survey: nps, via: [ email, sms ] }
          - waitFor: { on: survey.answered, of: invite, upTo: 5d }
            otherwise:
              - { send: ask, id: remind, survey: nps, via: [ email ] }
              - waitFor: { on: survey.answered, of: invite, upTo: 20d }
                otherwise: [ { exit: no answer } ]
          - choose:
              - when: answer.score <= 6
                steps: [ { openCase: detractor, due: 1 business day }, { send: hello, id: sorry } ]
              - when: answer.score >= 9
                steps: [ { send: hello, id: thanks, via: [ sms, email ] } ]
        """;

    // Every Monday, to a segment of the CRM.
    private const string Digest = """
        journey: digest
        purpose: marketing
        trigger: { cron: "0 0 9 ? * MON", zone: Europe/London, segment: gold }
        reentry: always
        steps: [ { send: hello, id: letter } ]
        """;

    // Somebody new: variants, and some who get nothing.
    private const string Welcome = """
        journey: welcome
        purpose: marketing
        trigger: { on: customer.joined }
        reentry: once
        goal: { on: order.placed }
        steps:
          - split: opening
            variants:
              - { variant: short, weight: 50, steps: [ { send: hello, id: short } ] }
              - { variant: long, weight: 50, steps: [ { wait: 2 hours }, { send: hello, id: long, via: [ sms, email ] } ] }
            holdOut: 10%
          - wait: next business day 09:00 in the customer's zone
          - { send: hello, id: again }
        """;

    // A ticket: asked two hours later, once a month at most.
    private const string Care = """
        journey: care
        purpose: feedback
        trigger: { on: ticket.solved, when: event.data.minutes >= 10 }
        reentry: { every: 30d }
        steps:
          - wait: 2 hours
          - { send: ask, id: ask, survey: nps, via: [ sms, email ] }
          - waitFor: { on: survey.answered, of: ask, upTo: 14d }
            otherwise: [ { exit: no answer } ]
          - choose:
              - when: answer.score <= 2
                steps: [ { openCase: unsolved, due: 1 business day } ]
        """;

    // Service, whatever the hour, told again until something else is bought.
    private const string CarePlan = """
        journey: care-plan
        purpose: service
        trigger: { on: order.placed, when: event.data.total >= 80 }
        reentry: { every: 60d }
        steps:
          - repeat: 3
            steps:
              - { send: hello, id: tell, via: [ email, sms ] }
              - waitFor: { on: order.placed, upTo: 7d }
          - { emit: plan.told, data: { rounds: "3" } }
        """;

    private const string Survey = """
        survey: nps
        language: en
        expires: 30d
        words: { en: { title: How was it?, send: Send, thanks: Thank you } }
        questions:
          - { id: score, kind: nps, text: { en: Would you recommend us? } }
          - { id: comment, kind: comment, text: { en: Why? } }
        """;

    /// <summary>All files of the content folder.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["journeys/delivered.yaml"] = Delivered,
        ["journeys/digest.yaml"] = Digest,
        ["journeys/welcome.yaml"] = Welcome,
        ["journeys/care.yaml"] = Care,
        ["journeys/care-plan.yaml"] = CarePlan,
        ["surveys/nps.yaml"] = Survey,
        ["messages/hello/en.subject"] = "Hello {{ customer.given_name }}",
        ["messages/hello/en.txt"] = "Hello {{ customer.name }}. Stop: {{ links.unsubscribe }}",
        ["messages/hello/en.html"] = "<p>Hello {{ customer.name }}.</p><p><a href=\"{{ links.unsubscribe }}\">Stop</a></p>",
        ["messages/hello/en.sms"] = "Hello {{ customer.given_name }}",
        ["messages/ask/en.subject"] = "How was it, {{ customer.given_name }}?",
        ["messages/ask/en.txt"] = "Tell us: {{ links.survey }} Stop: {{ links.unsubscribe }}",
        ["messages/ask/en.sms"] = "Tell us: {{ links.survey }}",
    };
}
