using System.Globalization;
using System.Net;
using System.Text;

namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>The soak as a page of its own: rate, latency, memory, processors and disks over the time, and the faults.</summary>
internal static class SoakPage
{
    private const int Width = 1_100;
    private const int Height = 220;
    private const int Left = 70;

    private static readonly string[] Colours = ["#0b6e4f", "#c84c09", "#5b3fa0", "#2274a5", "#a4243b", "#6b6b00"];

    /// <summary>Writes it.</summary>
    public static void Write(string file, SoakReport report)
    {
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Soak</title></head><body style=\"font-family:sans-serif\">\n");
        page.Append($"<h1>Soak</h1><p>{WebUtility.HtmlEncode(report.Judged.ToString())}</p><p>Full load {report.Full:0} messages a second; grey lines are faults.</p>\n");
        Plot(page, report, "messages a second", [("taken", report.Samples.Select(one => (double?)one.Rate))]);
        Plot(page, report, "ms from order to SMTP accepted, half of all", [("half", report.Samples.Select(one => one.Median))]);
        Plot(page, report, "ms from order to SMTP accepted, 99 of 100", [("99 %", report.Samples.Select(one => one.High))]);
        Plot(page, report, "MB of memory", [.. Enumerable.Range(0, report.Samples[0].Memory.Count).Select(node => ($"node {node + 1}", report.Samples.Select(one => one.Memory[node])))]);
        Plot(page, report, "processors used",
        [
            ("nodes", report.Samples.Select(one => (double?)one.Processors.Nodes)), ("database", report.Samples.Select(one => (double?)one.Processors.Database)),
            ("vacuum in it", report.Samples.Select(one => (double?)one.Processors.Vacuum)), ("rig", report.Samples.Select(one => (double?)one.Processors.Rig)),
        ]);
        Plot(page, report, "MB of the disks a second", [("read", report.Samples.Select(one => (double?)one.Disk.Read)), ("written", report.Samples.Select(one => (double?)one.Disk.Written))]);
        Plot(page, report, "percent of the time in which all waited for the disks", [("waited", report.Samples.Select(one => one.Disk.Waited * 100))]);
        Plot(page, report, "ms that a read or a write of a disk took", [("each", report.Samples.Select(one => one.Disk.Request))]);
        page.Append("<h2>Faults</h2><ul>\n");
        foreach (var fault in report.Faults)
            page.Append($"<li>{fault.From:T} {fault.Kind}, {(fault.To - fault.From).TotalSeconds:0.0} s</li>\n");
        page.Append("</ul></body></html>\n");
        File.WriteAllText(file, page.ToString());
    }

    private static void Plot(StringBuilder page, SoakReport report, string title, IReadOnlyList<(string Name, IEnumerable<double?> Readings)> lines)
    {
        var most = Math.Max(1, lines.SelectMany(line => line.Readings).Max() ?? 1);
        page.Append($"<h2>{title}</h2><svg role=\"img\" aria-label=\"{title}\" width=\"{Width + Left}\" height=\"{Height + 30}\" font-size=\"12\">\n");
        foreach (var fault in report.Faults)
            page.Append($"<line x1=\"{X(report, fault.From)}\" x2=\"{X(report, fault.From)}\" y1=\"0\" y2=\"{Height}\" stroke=\"#ccc\"><title>{fault.Kind}</title></line>\n");
        page.Append($"<text x=\"0\" y=\"12\">{most:0.#}</text><text x=\"0\" y=\"{Height}\">0</text><text x=\"{Left}\" y=\"{Height + 16}\">{report.Began:t}</text><text x=\"{Width}\" y=\"{Height + 16}\">{report.Samples[^1].At:t}</text>\n");
        for (var i = 0; i < lines.Count; i++)
        {
            var points = lines[i].Readings.Zip(report.Samples, (reading, sample) => (reading, sample.At)).Where(one => one.reading is not null)
                .Select(one => $"{X(report, one.At)},{(Height * (1 - (one.reading!.Value / most))).ToString("0.0", CultureInfo.InvariantCulture)}");
            page.Append($"<polyline fill=\"none\" stroke=\"{Colours[i % Colours.Length]}\" points=\"{string.Join(' ', points)}\"/><text x=\"{Left + 10 + (90 * i)}\" y=\"12\" fill=\"{Colours[i % Colours.Length]}\">{lines[i].Name}</text>\n");
        }

        page.Append("</svg>\n");
    }

    private static string X(SoakReport report, DateTimeOffset at) =>
        (Left + ((Width - Left) * (at - report.Began) / (report.Samples[^1].At - report.Began))).ToString("0.0", CultureInfo.InvariantCulture);
}
