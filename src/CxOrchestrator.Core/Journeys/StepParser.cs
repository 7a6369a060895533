using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Content.Yaml;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Core.Journeys;

/// <summary>Reads the steps of a journey.</summary>
/// <param name="values">Reads single values.</param>
/// <param name="splits">Reads splits.</param>
/// <param name="sendIn">The calendar in whose business hours messages go where a step doesn't say; null for any time.</param>
internal sealed class StepParser(JourneyValues values, SplitParser splits, string? sendIn)
{
    private const int DeepestSteps = 10;
    private const int MostSteps = 500;

    private readonly Dictionary<string, int> _lineOfId = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The flat list; null where there are faults.</summary>
    public IReadOnlyList<Step>? Parse(YamlNode node)
    {
        var drafts = Steps(node, "", new(StringComparer.Ordinal), 1);
        if (_count > MostSteps)
            values.Faults.Add(node, $"The journey has {_count} steps; {MostSteps} are allowed. Make two journeys of it (emit, and a trigger on that event).");
        if (values.Faults.Any || drafts.Count == 0)
            return null;
        var flat = new Step[_count];
        StepDraft.Flatten(drafts, Journeys.Step.End, flat);
        return flat;
    }

    /// <param name="node">The list.</param>
    /// <param name="path">The list's place, with a dot at its end, to make ids from.</param>
    /// <param name="sends">The send steps that a walk may have passed before, by id, with the survey of each; those of the list are added.</param>
    /// <param name="depth">How deep the list lies.</param>
    private List<StepDraft> Steps(YamlNode node, string path, Dictionary<string, string?> sends, int depth)
    {
        var drafts = new List<StepDraft>();
        if (depth > DeepestSteps)
        {
            values.Faults.Add(node, $"Steps lie deeper than {DeepestSteps} levels. Make two journeys of it (emit, and a trigger on that event).");
            return drafts;
        }

        var place = 0;
        var ended = false;
        foreach (var item in values.Items(node, "step"))
        {
            place++;
            if (ended && drafts.Count == place - 1)
                values.Faults.Warn(item.Line, item.Column, "Nobody comes to this step: the one before it ends every walk.");
            if (Step(item, $"{path}{place}", sends, depth) is { } draft)
            {
                drafts.Add(draft);
                ended = draft.Ends;
            }
        }

        return drafts;
    }

    private StepDraft? Step(YamlNode node, string place, Dictionary<string, string?> sends, int depth)
    {
        if (StepKind.Of(node, values.Faults) is not { } shape || MapReader.Open(node, shape, values.Faults) is not { } step)
            return null;
        var failure = values.Word<StepFailure>(step["onFailure"]) ?? StepFailure.Stop;
        return Draft(shape, step, place, sends, depth)?.Failing(failure);
    }

    private StepDraft? Draft(Shape shape, MapReader step, string place, Dictionary<string, string?> sends, int depth)
    {
        var index = _count++;
        // A split's name is its id: what it says is counted under it.
        var id = Id(step, shape.Name == "split" ? "split" : "id", place);
        var line = step.Node.Line;
        switch (shape.Name)
        {
            case "repeat":
                return Repeat(step, index, id, place, sends, depth);
            case "waitFor":
                return WaitFor(step, index, id, place, sends, depth);
            case "choose":
                return Choose(step, index, id, place, sends, depth);
            case "split":
                return Split(step, index, id, place, sends, depth);
            case "send":
            case "survey":
                return Draft(index, Send(step, id, line, shape.Name, sends));
            case "exit":
                var reason = step["exit"] is YamlScalar { IsEmpty: true } ? "" : values.Text(step["exit"]) ?? "";
                return Draft(index, new ExitStep { Id = id, Next = Journeys.Step.End, Line = line, Reason = reason }, ends: true);
            default:
                return Draft(index, Single(shape.Name, step, id, line));
        }
    }

    private Step? Single(string kind, MapReader step, string id, int line)
    {
        switch (kind)
        {
            case "wait":
                return values.Timing(step["wait"]) is { } until ? new WaitStep { Id = id, Next = 0, Line = line, Until = until } : null;
            case "openCase":
                var name = values.Name(step["openCase"]);
                var due = values.Timing(step["due"], ZoneOf.Company);
                var owner = values.Text(step["owner"]);
                return name is null || due is null ? null : new OpenCaseStep { Id = id, Next = 0, Line = line, Kind = name, Due = due, Owner = owner };
            case "updateCustomer":
                return new UpdateCustomerStep { Id = id, Next = 0, Line = line, Set = values.Conditions(step[kind], id) };
            default:
                var type = values.Listened(step["emit"], ReferenceKind.Emits, id);
                var data = values.Conditions(step["data"], id);
                return type is null ? null : new EmitStep { Id = id, Next = 0, Line = line, Type = type, Data = data };
        }
    }

    private SendStep? Send(MapReader step, string id, int line, string kind, Dictionary<string, string?> sends)
    {
        var message = values.Named(step[kind == "send" ? "send" : "message"], ReferenceKind.Message, id);
        var survey = values.Named(step["survey"], ReferenceKind.Survey, id);
        var purpose = values.Word<Purpose>(step["purpose"]);
        var expires = values.Duration(step["expires"]);
        var hours = values.SendHours(step["sendIn"]);
        var via = Via(step["via"]);
        sends[id] = survey;
        return message is null
            ? null
            : new SendStep
            {
                Id = id, Next = 0, Line = line, Message = message, Via = via, Survey = survey, Purpose = purpose, ExpiresAfter = expires,
                SendIn = hours is null ? sendIn : hours.Calendar,
            };
    }

    private List<Channel> Via(YamlNode? node)
    {
        if (node is null)
            return [Channel.Email];
        var via = new List<Channel>();
        foreach (var item in values.Items(node, "channel"))
        {
            if (values.Word<Channel>(item) is not { } channel)
                continue;
            if (via.Contains(channel))
                values.Faults.Add(item, $"The channel '{ValueReader.Words<Channel>()[(int)channel]}' stands here twice. Remove one.");
            via.Add(channel);
        }

        return via;
    }

    private StepDraft? WaitFor(MapReader step, int index, string id, string place, Dictionary<string, string?> sends, int depth)
    {
        var line = step.Node.Line;
        var awaited = step["waitFor"] is { } node ? MapReader.Open(node, JourneyShapes.WaitFor, values.Faults) : null;
        var on = awaited is null ? null : values.Listened(awaited["on"], ReferenceKind.ListensTo, id);
        var of = awaited is null ? null : Of(awaited["of"], on, sends);
        var when = awaited is null ? null : values.RuleCondition(awaited, on, id);
        var upTo = awaited is null ? null : values.Timing(awaited["upTo"]);
        List<StepDraft> otherwise = step["otherwise"] is { } list ? Nested(list, $"{place}.otherwise.", sends, depth) : [];
        if (on is null || upTo is null)
            return null;
        return new StepDraft
        {
            Index = index,
            Within = [otherwise],
            Build = next => new WaitForStep
            {
                Id = id, Next = next, Line = line, On = on, Of = of, When = when, UpTo = upTo,
                Otherwise = otherwise.Count > 0 ? otherwise[0].Index : next,
            },
        };
    }

    private string? Of(YamlNode? node, string? on, Dictionary<string, string?> sends)
    {
        if (values.Name(node) is not { } of)
            return null;
        if (!sends.TryGetValue(of, out var survey))
            values.Faults.Add(node!, $"No send or survey step before this one has the id '{of}'.{Nearest.Hint(of, sends.Keys)} Give that step 'id: {of}'.");
        else if (survey is null && on == EventTypes.SurveyAnswered)
            values.Faults.Add(node!, $"The step '{of}' carries no survey, so that its delivery is never answered. Give it 'survey: ...'.");
        return of;
    }

    private StepDraft? Choose(MapReader step, int index, string id, string place, Dictionary<string, string?> sends, int depth)
    {
        var branches = new List<(Condition? When, List<StepDraft> Steps)>();
        var items = step["choose"] is { } list ? values.Items(list, "branch") : [];
        var passed = new Dictionary<string, string?>(sends, StringComparer.Ordinal);
        for (var number = 1; number <= items.Count; number++)
        {
            var item = items[number - 1];
            var last = item is YamlMap map && map.Entries.Any(entry => entry.Key.Value == "otherwise");
            if (last && number < items.Count)
                values.Faults.Add(item, "'otherwise' is the last branch: what stands below it is never chosen. Move it to the end.");
            if (MapReader.Open(item, last ? JourneyShapes.Otherwise : JourneyShapes.Branch, values.Faults) is not { } branch)
                continue;
            var when = last ? null : values.Condition(branch["when"], id);
            if (branch[last ? "otherwise" : "steps"] is not { } steps)
                continue;
            // A walk takes one branch: what one sends isn't there in the others, but may be there after them all.
            var seen = new Dictionary<string, string?>(passed, StringComparer.Ordinal);
            branches.Add((when, Nested(steps, last ? $"{place}.otherwise." : $"{place}.{number}.", seen, depth)));
            foreach (var (sent, survey) in seen)
                sends[sent] = survey;
        }

        var line = step.Node.Line;
        return new StepDraft
        {
            Index = index,
            Within = [.. branches.Select(branch => branch.Steps)],
            Ends = branches.Exists(branch => branch.When is null) && branches.TrueForAll(branch => branch.Steps.Exists(inner => inner.Ends)),
            Build = next => new ChooseStep
            {
                Id = id, Next = next, Line = line, Branches = [.. branches.Select(branch => new Branch(branch.When, branch.Steps[0].Index))],
            },
        };
    }

    private StepDraft? Repeat(MapReader step, int index, string id, string place, Dictionary<string, string?> sends, int depth)
    {
        var most = step["repeat"] is { } node ? values.Number(node, 1, RepeatStep.MostRounds) : null;
        var until = values.Condition(step["until"], id);
        var round = step["steps"] is { } list ? Nested(list, $"{place}.", sends, depth) : [];
        var line = step.Node.Line;
        return most is null || round.Count == 0 ? null : new StepDraft
        {
            Index = index,
            Within = [round],
            Loops = true,
            Ends = round.Exists(inner => inner.Ends),
            Build = next => new RepeatStep { Id = id, Next = next, Line = line, Most = most.Value, Until = until, First = round[0].Index },
        };
    }

    private StepDraft Split(MapReader step, int index, string id, string place, Dictionary<string, string?> sends, int depth)
    {
        var split = splits.Parse(step);
        var passed = new Dictionary<string, string?>(sends, StringComparer.Ordinal);
        var steps = new List<List<StepDraft>>();
        foreach (var variant in split.Variants)
        {
            var seen = new Dictionary<string, string?>(passed, StringComparer.Ordinal);
            steps.Add(variant.Steps is { } list ? Nested(list, $"{place}.{variant.Name}.", seen, depth) : []);
            foreach (var (sent, survey) in seen)
                sends[sent] = survey;
        }

        var line = step.Node.Line;
        return new StepDraft
        {
            Index = index,
            Within = steps,
            Ends = steps.TrueForAll(list => list.Exists(inner => inner.Ends)),
            Build = next => new SplitStep
            {
                Id = id, Next = next, Line = line, HoldOut = split.HoldOut, Watch = split.Watch, Winner = split.Winner,
                Variants = [.. split.Variants.Select((one, at) => new SplitVariant(one.Name, one.Weight, steps[at].Count > 0 ? steps[at][0].Index : next))],
            },
        };
    }

    private List<StepDraft> Nested(YamlNode list, string path, Dictionary<string, string?> sends, int depth) => Steps(list, path, sends, depth + 1);

    private string Id(MapReader step, string key, string place)
    {
        if (values.Name(step[key]) is not { } id)
            return place;
        if (!_lineOfId.TryAdd(id, step.Node.Line))
            values.Faults.Add(step[key]!, $"The id '{id}' is taken by the step in line {_lineOfId[id]}. Take another.");
        return id;
    }

    private static StepDraft? Draft(int index, Step? step, bool ends = false) =>
        step is null ? null : new StepDraft { Index = index, Ends = ends, Build = next => ends ? step : step with { Next = next } };
}
