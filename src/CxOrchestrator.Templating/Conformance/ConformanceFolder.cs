using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Templating.Conformance;

/// <summary>Reads a folder of language tests.</summary>
internal sealed partial class ConformanceFolder
{
    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, string?> _includes;
    private readonly Dictionary<string, IReadOnlyDictionary<string, object?>> _models = new(StringComparer.Ordinal);

    private ConformanceFolder(string folder)
    {
        _folder = folder;
        var includes = Path.Combine(folder, "includes.json");
        _includes = File.Exists(includes) ? Texts(Json(includes)) : new Dictionary<string, string?>();
    }

    /// <summary>All cases: those of the files and those of the lists.</summary>
    public static IEnumerable<ConformanceCase> Read(string folder)
    {
        var reader = new ConformanceFolder(folder);
        var index = Path.Combine(folder, "index.json");
        if (File.Exists(index))
        {
            foreach (var entry in Json(index).EnumerateObject()) yield return reader.OfFile(entry);
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var list = Json(file);
            if (list.ValueKind != JsonValueKind.Array) continue;
            foreach (var entry in list.EnumerateArray())
            {
                if (entry.TryGetProperty("template", out _)) yield return reader.OfList(entry);
            }
        }
    }

    private static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }

    private static Dictionary<string, string?> Texts(JsonElement element) =>
        element.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString(), StringComparer.Ordinal);

    private ConformanceCase OfFile(JsonProperty entry)
    {
        var path = Path.Combine(_folder, "files", entry.Name);
        // A byte order mark belongs to the file, not to the text: some have one only in the template or only in what is expected.
        var template = File.ReadAllText(path + ".txt");
        var expected = File.ReadAllText(path + ".out.txt");
        (int, int)? place = entry.Value.TryGetProperty("line", out var line) ? (line.GetInt32(), entry.Value.GetProperty("col").GetInt32()) : null;
        return Made(entry.Name, entry.Value, template, expected) with { Place = place };
    }

    private ConformanceCase OfList(JsonElement entry)
    {
        var expected = entry.GetProperty("expected").GetString()!;
        var made = Made(entry.GetProperty("id").GetString()!, entry, entry.GetProperty("template").GetString()!, expected);
        if (made.Kind == "output" || FirstPlace().Match(expected) is not { Success: true } place) return made;
        return made with { Place = (Number(place.Groups[1]), Number(place.Groups[2])) };
    }

    private ConformanceCase Made(string id, JsonElement entry, string template, string expected)
    {
        var options = entry.TryGetProperty("options", out var given) ? given : default;
        var parse = new TemplateParseOptions { AutoIndent = Flag(options, "auto_indent", true) };
        var own = entry.TryGetProperty("templates", out var templates) ? Texts(templates) : [];
        var loader = new ConformanceLoader(own, _includes, parse);
        return new ConformanceCase
        {
            Id = id,
            Group = entry.GetProperty("group").GetString()!,
            Kind = entry.GetProperty("kind").GetString()!,
            Template = template,
            Expected = expected,
            Model = ConformanceModel.WithHostFunctions(Model(entry)),
            Loader = loader,
            Parse = parse,
            Render = Options(options, loader),
            NeedsCultures = Flag(entry, "needs_icu", false),
        };
    }

    private IReadOnlyDictionary<string, object?> Model(JsonElement entry)
    {
        if (entry.TryGetProperty("model", out var model)) return ConformanceModel.Read(model);
        var name = entry.TryGetProperty("model_ref", out var reference) ? reference.GetString()! : "default";
        if (!_models.TryGetValue(name, out var read)) _models[name] = read = ConformanceModel.Read(Json(Path.Combine(_folder, $"model-{name}.json")));
        return read;
    }

    private static TemplateRenderOptions Options(JsonElement given, ITemplateLoader loader)
    {
        var scriban = TemplateRenderOptions.Scriban;
        return scriban with
        {
            Loader = loader,
            StrictVariables = Flag(given, "strict_variables", false),
            RelaxedMemberAccess = Flag(given, "relaxed_member_access", true),
            RelaxedTargetAccess = Flag(given, "relaxed_target_access", false),
            LoopLimit = Amount(given, "loop_limit", scriban.LoopLimit),
            RecursionLimit = Amount(given, "recursive_limit", scriban.RecursionLimit),
            OutputLimit = Amount(given, "limit_to_string", scriban.OutputLimit),
            Culture = Has(given, "culture", out var culture) ? CultureInfo.GetCultureInfo(culture.GetString()!) : CultureInfo.InvariantCulture,
        };
    }

    private static bool Has(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
    }

    private static bool Flag(JsonElement element, string name, bool otherwise) => Has(element, name, out var value) ? value.GetBoolean() : otherwise;

    private static int Amount(JsonElement element, string name, int otherwise) => Has(element, name, out var value) ? value.GetInt32() : otherwise;

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\((\d+),(\d+)\)", RegexOptions.None, 1000)]
    private static partial Regex FirstPlace();
}
