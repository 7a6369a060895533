using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Conformance;

/// <summary>Reads the models of the language tests.</summary>
internal static class ConformanceModel
{
    private static readonly IReadOnlyDictionary<string, object?> HostFunctions = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["special_concat_strings"] = new HostFunction("special_concat_strings",
            [new("a", true, "default_a"), new("b", true, "default_b"), new("c", true, "default_c")],
            (context, values) => $"a: {ValueText.Of(context, values[0])}, b: {ValueText.Of(context, values[1])}, c: {ValueText.Of(context, values[2])}"),
        ["special_concat_string_and_params"] = new HostFunction("special_concat_string_and_params",
            [new("a"), new("args", Rest: true)],
            (context, values) => string.Join(", ", Numbered(context, values[1]).Prepend($"a: {ValueText.Of(context, values[0])}"))),
        ["special_concat_params"] = new HostFunction("special_concat_params",
            [new("args", Rest: true)], (context, values) => string.Join(", ", Numbered(context, values[0]))),
    };

    /// <summary>A model from JSON; dates and decimals are written as <c>{"$date": …}</c> and <c>{"$decimal": …}</c>.</summary>
    public static IReadOnlyDictionary<string, object?> Read(JsonElement model) => (IReadOnlyDictionary<string, object?>)Value(model)!;

    /// <summary>The model with the functions that some cases call.</summary>
    public static IReadOnlyDictionary<string, object?> WithHostFunctions(IReadOnlyDictionary<string, object?> model) =>
        new Dictionary<string, object?>(model.Concat(HostFunctions), StringComparer.Ordinal);

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("$date", out var date) =>
            DateTime.Parse(date.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        JsonValueKind.Object when element.TryGetProperty("$decimal", out var number) =>
            decimal.Parse(number.GetString()!, CultureInfo.InvariantCulture),
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(member => member.Name, member => Value(member.Value), StringComparer.Ordinal),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static object Number(JsonElement element)
    {
        if (element.TryGetInt32(out var small)) return small;
        return element.TryGetInt64(out var large) ? large : (object)element.GetDouble();
    }

    private static IEnumerable<string> Numbered(RenderContext context, object? list) => ((IReadOnlyList<object?>)list!)
        .Select((item, i) => string.Create(CultureInfo.InvariantCulture, $"v{i}: {ValueText.Of(context, item)}"));

    private sealed class HostFunction(string name, Parameter[] parameters, Func<RenderContext, object?[], string> body) : Callable(name)
    {
        public override IReadOnlyList<Parameter> Parameters => parameters;

        public override object? Invoke(RenderContext context, in CallArguments arguments) => body(context, arguments.Values);
    }
}
