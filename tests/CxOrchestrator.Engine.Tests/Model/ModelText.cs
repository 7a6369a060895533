namespace CxOrchestrator.Engine.Tests.Model;

/// <summary>Writes a random journey as a file; steps are numbered in the order in which they stand in it.</summary>
public static class ModelText
{
    public const string Key = "random";

    public static string Of(ModelJourney journey)
    {
        var number = 0;
        var reentry = journey.Reentry switch
        {
            ModelReentry.Once => "once",
            ModelReentry.Always => "always",
            ModelReentry.Every every => $"{{ every: {every.Hours}h }}",
            _ => "{ per: event.data.order }",
        };
        var exit = journey.Exits ? "exit: [ { on: order.returned } ]\n" : "";
        var goal = journey.Goal is { } type ? $"goal: {{ on: {type} }}\n" : "";
        return $$"""
            journey: {{Key}}
            purpose: service
            trigger: { on: order.delivered, when: event.data.total >= {{journey.AtLeast}} }
            reentry: {{reentry}}
            {{exit}}{{goal}}steps: {{List(journey.Steps, ref number)}}
            """;
    }

    private static string List(ModelSteps steps, ref int number)
    {
        var texts = new List<string>();
        foreach (var step in steps.All)
            texts.Add(One(step, ref number));
        return $"[ {string.Join(", ", texts)} ]";
    }

    private static string One(ModelStep step, ref int number)
    {
        var id = $"id: s{++number}";
        switch (step)
        {
            case ModelStep.Wait wait:
                return $"{{ wait: {wait.Hours}h, {id} }}";
            case ModelStep.Send:
                return $"{{ send: hello, via: [ email ], {id} }}";
            case ModelStep.Update:
                return $"{{ updateCustomer: {{ seen: \"true\" }}, {id} }}";
            case ModelStep.Exit:
                return $"{{ exit: enough, {id} }}";
            case ModelStep.Repeat repeat:
                return $"{{ repeat: {repeat.Most}, {id}, steps: {List(repeat.Round, ref number)} }}";
            case ModelStep.WaitFor wait:
                var late = wait.Otherwise.All.Length == 0 ? "" : $", otherwise: {List(wait.Otherwise, ref number)}";
                return $"{{ waitFor: {{ on: {wait.Type}, upTo: {wait.Hours}h }}, {id}{late} }}";
            case ModelStep.Choose choose:
                var first = $"{{ when: event.data.total >= {choose.AtLeast}, steps: {List(choose.Then, ref number)} }}";
                var last = choose.Otherwise is { } otherwise ? $", {{ otherwise: {List(otherwise, ref number)} }}" : "";
                return $"{{ choose: [ {first}{last} ], {id} }}";
            default:
                throw new InvalidOperationException(step.ToString());
        }
    }
}
