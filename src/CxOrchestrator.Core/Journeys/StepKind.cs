using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Content.Yaml;

namespace CxOrchestrator.Core.Journeys;

/// <summary>Tells what kind of step a map in a journey's file is.</summary>
internal static class StepKind
{
    private static readonly string[] Kinds = [.. JourneyShapes.Steps.Select(shape => shape.Name)];

    /// <summary>The shape of the step, or null with a fault.</summary>
    public static Shape? Of(YamlNode node, Faults faults)
    {
        if (node is not YamlMap map)
        {
            faults.Add(node, $"Here stands {MapReader.Kind(node)}, where a step belongs: one of {string.Join(", ", Kinds)}, then a colon.");
            return null;
        }

        var keys = map.Entries.Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal);
        var named = Kinds.Where(keys.Contains).ToList();
        // A send step may carry a survey; 'survey' alone is a kind of its own.
        if (named.Contains("send"))
            named.Remove("survey");
        if (named.Count == 1)
            return JourneyShapes.Steps.First(shape => shape.Name == named[0]);
        if (named.Count > 1)
            faults.Add(node, $"One step does one thing; here stand {string.Join(" and ", named.Select(kind => $"'{kind}'"))}. Put each behind a dash of its own.");
        else
            Unknown(map, faults);
        return null;
    }

    private static void Unknown(YamlMap map, Faults faults)
    {
        foreach (var (key, _) in map.Entries)
        {
            if (Nearest.Of(key.Value, Kinds) is not { } near)
                continue;
            faults.Add(key, $"Unknown step '{key.Value}'. Did you mean '{near}'? The steps are {string.Join(", ", Kinds)}.");
            return;
        }

        faults.Add(map, $"This step says nothing to do. The steps are {string.Join(", ", Kinds)}.");
    }
}
