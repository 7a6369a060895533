using System.Text;

namespace CxOrchestrator.Benchmarks.Fuzzing;

/// <summary>What fuzzed templates see: a value of every plain kind.</summary>
internal static class FuzzModel
{
    /// <summary>A fresh model; no rendering may change it.</summary>
    public static Dictionary<string, object?> Make() => new(StringComparer.Ordinal)
    {
        ["n"] = 7,
        ["x"] = -1.5,
        ["flag"] = true,
        ["long"] = long.MaxValue,
        ["money"] = 19.99m,
        ["infinite"] = double.PositiveInfinity,
        ["span"] = TimeSpan.FromMinutes(90),
        ["day"] = new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Utc),
        ["text"] = "Zoë <b>, \ud83d\ude00 & Söhne\n",
        ["customer"] = new Dictionary<string, object?>
        {
            ["name"] = "Zoë <b>", ["tier"] = "gold", ["points"] = 1250, ["phone"] = null, ["tags"] = new List<object?> { "new", "sale" },
        },
        ["order"] = new Dictionary<string, object?>
        {
            ["total"] = 129.90m, ["placed"] = new DateTimeOffset(2026, 2, 3, 23, 30, 0, TimeSpan.FromHours(7)),
            ["items"] = new List<object?>
            {
                new Dictionary<string, object?> { ["sku"] = "S1", ["qty"] = 2 }, new Dictionary<string, object?> { ["sku"] = "S2", ["qty"] = 10 },
            },
        },
    };

    /// <summary>All of a model as one line, to see whether it was changed.</summary>
    public static string Print(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map:
                foreach (var (name, member) in map)
                {
                    text.Append(name).Append('{');
                    Write(text, member);
                    text.Append('}');
                }

                break;
            case IReadOnlyList<object?> list:
                text.Append('[');
                foreach (var item in list) Write(text, item);
                text.Append(']');
                break;
            default:
                text.Append(value?.GetType().Name).Append(' ').Append(value).Append(';');
                break;
        }
    }
}
