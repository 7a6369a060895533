using System.Text.Json;
using CxOrchestrator.Benchmarks.Templates;

namespace CxOrchestrator.Benchmarks.Fuzzing;

/// <summary>The templates that the fuzz begins with, and the texts they include.</summary>
internal sealed class FuzzCorpus
{
    private static readonly string[] Own =
    [
        "Hello {{ customer.name | string.upcase }}, {{ if n > 3 }}many{{ else if n == 0 }}none{{ else }}few{{ end }}",
        "{{~ for item in order.items limit:3 offset:1 reversed ~}}\n  {{ for.index }} {{ item.sku }} x{{ item.qty }}{{ for.last ? '.' : ',' }}\n{{~ end ~}}",
        "{{ case customer.tier; when 'gold', 'silver'; 'thanks'; when 'none'; ''; else; 'hello'; end }}",
        "{{ func total; $s = 0; for i in $0; $s += i.qty; end; ret $s; end; total order.items }}",
        "{{ add(a, b = 2) = a + b; add 1; add 1 b:5; [3, 4] | array.each @add | array.join '-' }}",
        "{{ x = {a: 1, 'b c': [1, 2, {d: null}]}; x.e = x['b c'][2]?.d ?? 'nothing'; x | object.to_json | object.from_json | object.keys }}",
        "{{ capture block }}<b>{{ customer.name }}</b>{{ end }}{{ block | html.escape }}{{ block | html.strip }}{{ customer.name | html.raw }}",
        "{{ with customer; name = 'x'; tags[0]; end }}{{ readonly n; import order; total; this.n }}",
        "{{ i = 0; while i < 5; i = i + 1; if i == 2; continue; end; if i == 4; break; end; i; end }}",
        "{{ tablerow item in order.items cols:2 limit:5 }}{{ item.sku }}{{ tablerow.col }}{{ end }}",
        "{{ order.placed | date.add_days 3 | date.to_string '%A %d %B %Y %H:%M:%S.%L %z' }} {{ date.now.year }} {{ 90 | timespan.from_minutes }}",
        "{{ order.total | math.format 'C2' }} {{ 7 // 2 }} {{ -7 % 3 }} {{ 1.5 | math.round 0 }} {{ 0x1f & 7 | math.abs }} {{ 1 << 40 }}",
        "{{ 'a,b,,c' | string.split ',' | array.compact | array.sort | array.reverse | array.join ' ' | string.capitalizewords }}",
        "{{ 'x1y22' | regex.matches `(\\w)(\\d+)` | array.flatten }} {{ 'abc' | regex.replace 'b' '[$0]' }} {{ 'a.b' | regex.escape }}",
        "{%{ {{ not code }} }%} {{# a comment #}} {{ ## another ## }} \\{{ $'x{n}y{customer.tags | array.size}' }} {{ `raw\\n` }}",
        "{{ include 'greeting' 'again' }} {{ include_join ['greeting', 'greeting'] ', ' '<' '>' }}",
        "{{ [1, [2, [3]]] | array.flatten | array.map 'x' }}{{ order.items | array.map 'sku' | array.uniq | array.cycle }}{{ 1..5 | array.limit 2 }}",
        "{{ a = [5, 1]; a[4] = 2; a = a | array.insert_at 2 'x' | array.remove_at 0 | array.concat [9]; a | array.contains 9; a.size }}",
        "{{ nope?.x.y }}{{ customer.phone ?? 'no phone' }}{{ null == empty }}{{ '' == empty }}{{ [] == empty }}{{ n ?! 'there' }}",
        "{{-\n  'trimmed'\n-}}\n  {{- 1 -}} \n\n  {{~ 2 ~}}  \n",
        "{{ p = @string.upcase; 'x' | p; q = @(do; ret $0 * 2; end); [1, 2] | array.each @q; object.typeof @q }}",
    ];

    private FuzzCorpus(IReadOnlyList<string> templates, IReadOnlyDictionary<string, string> includes, string origin)
    {
        Templates = templates;
        Includes = includes;
        Origin = origin;
    }

    /// <summary>Texts to be changed.</summary>
    public IReadOnlyList<string> Templates { get; }

    /// <summary>Texts by the name that <c>include</c> gives them.</summary>
    public IReadOnlyDictionary<string, string> Includes { get; }

    /// <summary>How many came from where.</summary>
    public string Origin { get; }

    /// <summary>Our own, those that mean harm, the mail, and the shared language tests where they lie beside the repository.</summary>
    public static FuzzCorpus Read()
    {
        var includes = new Dictionary<string, string>(HostileTemplates.Includes, StringComparer.Ordinal);
        List<string> shared = Shared() is { } folder ? [.. Cases(folder)] : [];
        if (Shared() is { } there && File.Exists(Path.Combine(there, "includes.json")))
        {
            foreach (var text in Json(Path.Combine(there, "includes.json")).EnumerateObject().Where(text => text.Value.ValueKind == JsonValueKind.String))
                includes[text.Name] = text.Value.GetString()!;
        }

        var hostile = HostileTemplates.All.Select(template => template.Text);
        return new FuzzCorpus([.. Own, .. hostile, OrderMail.Scriban, .. shared], includes,
            $"{Own.Length + 1} of our own, {HostileTemplates.All.Count} that mean harm, {shared.Count} shared language tests");
    }

    private static string? Shared()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CxOrchestrator.sln"))) root = root.Parent;
        var path = root is null ? null : Path.Combine(root.FullName, "..", "shared", "scriban-language-tests");
        return Directory.Exists(path) ? path : null;
    }

    private static IEnumerable<string> Cases(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (Json(file) is not { ValueKind: JsonValueKind.Array } list) continue;
            foreach (var entry in list.EnumerateArray())
            {
                if (entry.TryGetProperty("template", out var template)) yield return template.GetString()!;
            }
        }

        var files = Directory.EnumerateFiles(Path.Combine(folder, "files"), "*.txt", SearchOption.AllDirectories);
        foreach (var file in files.Where(file => !file.EndsWith(".out.txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            yield return File.ReadAllText(file);
    }

    private static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }
}
