using CxOrchestrator.Templating.Conformance;

namespace CxOrchestrator.Templating.Tests.Conformance;

public sealed class ConformanceRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("conformance").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_folder_of_cases_gives_three_rates_a_group_and_what_failed()
    {
        Write("probes.json", """
            [
              { "id": "a", "group": "one", "kind": "output", "template": "{{ x.y }}|{{ d.year }}|{{ m }}", "expected": "1|2026|1.50",
                "model": { "x": { "y": 1 }, "d": { "$date": "2026-01-02T00:00:00" }, "m": { "$decimal": "1.50" } } },
              { "id": "b", "group": "one", "kind": "output", "template": "{{ title }}", "expected": "not this" },
              { "id": "c", "group": "two", "kind": "parse_error", "template": "{{ if }}", "expected": "text(1,7) : error : Scriban's words" },
              { "id": "d", "group": "two", "kind": "runtime_error", "template": "{{ x.y }}", "expected": "text(1,4) : error : elsewhere" },
              { "id": "e", "group": "two", "kind": "output", "template": "{{ 1.5 }}{{ include 'part' }}{{ nope.x }}", "expected": "1,5[z]",
                "templates": { "part": "[z]" }, "options": { "culture": "de-DE", "relaxed_target_access": true }, "needs_icu": true }
            ]
            """);
        Write("model-default.json", """{ "title": "this" }""");

        var run = ConformanceRun.Of(_folder);

        Assert.Equal(["b", "d"], run.Results.Where(result => !result.Passed).Select(result => result.Id));
        Assert.Equal([new("one", 2, 1, 1, 0.5), new("two", 3, 1, 2 / 3.0, 1 / 3.0)], run.Rates);
        Assert.Equal(4, ConformanceRun.Of(_folder, cultures: false).Results.Count);
    }

    [Fact]
    public void Templates_in_files_are_found_by_the_index_and_a_byte_order_mark_is_no_text()
    {
        Write("index.json", """
            { "g/x": { "group": "g", "kind": "output" }, "g/y": { "group": "g", "kind": "runtime_error", "line": 2, "col": 4 } }
            """);
        Write("model-default.json", "{}");
        Write("files/g/x.txt", "{{ 1 + 1 }}\n");
        Write("files/g/x.out.txt", "\ufeff2\n");
        Write("files/g/y.txt", "\n{{ break }}");
        Write("files/g/y.out.txt", "text(2,4) : error : other words");

        Assert.All(ConformanceRun.Of(_folder).Results, result => Assert.True(result.Passed, result.Actual));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
