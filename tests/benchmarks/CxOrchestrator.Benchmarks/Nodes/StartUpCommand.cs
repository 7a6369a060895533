using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Benchmarks.Sending;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Benchmarks.Nodes;

/// <summary>
/// How long the service takes from the start of its process to the first answer of its health page, with ten plugins: the shipped ones and a copy of one under
/// another id. The executable of the build, on SQLite with the starter content published; <c>dotnet run</c> is not part of it.
/// </summary>
internal static class StartUpCommand
{
    private const double Line = 2_000;

    public static int Run(Options options)
    {
        var runs = (int)options.Whole("--runs", 10);
        var host = options.Text("--host") ?? Repository.PathOf("src/CxOrchestrator.Host/bin", Configuration(), "net10.0", "cxo.dll");
        options.RefuseOthers();
        if (!File.Exists(host))
            throw new FormatException($"{host} isn't there. Build it: dotnet build -c Release src/CxOrchestrator.Host, or name another with --host.");
        using var folder = new ScratchFolder();
        var plugins = LayOut(Path.GetDirectoryName(host)!, folder.Path);
        // Once for the database, the content and the files in the system's cache.
        MeasureAsync(host, folder.Path).GetAwaiter().GetResult();
        var times = new List<(double Ready, double Used)>();
        LongWork.Do("starts", work =>
        {
            for (var run = 0; run < runs; run++)
            {
                times.Add(MeasureAsync(host, folder.Path).GetAwaiter().GetResult());
                work.Tell((run + 1.0) / runs, $"{times[^1].Ready:0} ms");
            }
        });
        var (ready, used) = (Spread.Of([.. times.Select(one => one.Ready)]), Spread.Of([.. times.Select(one => one.Used)]));
        var worst = times.Max(one => one.Ready);
        Console.WriteLine($"{plugins} plugins: ready after {ready.Median:0} ms in the middle ({ready.Low:0}-{ready.High:0}), worst {worst:0}; {used.Median:0} ms of processor time ({used.Low:0}-{used.High:0})");
        var verdicts = new Verdicts();
        verdicts.Note(ready.Median < Line, string.Create(CultureInfo.InvariantCulture, $"{ready.Median:0} ms to the first answer; the line is {Line:0}"));
        return verdicts.ExitCode;
    }

    private static int LayOut(string host, string folder)
    {
        var plugins = Path.Combine(folder, "plugins");
        foreach (var shipped in Directory.GetDirectories(Path.Combine(host, "plugins")))
            Copy(shipped, Path.Combine(plugins, Path.GetFileName(shipped)));
        var second = Path.Combine(plugins, "Sandbox.Second");
        Copy(Path.Combine(host, "plugins", "Sandbox"), second);
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(second, "plugin.json")))!;
        manifest["id"] = "sandbox.second";
        File.WriteAllText(Path.Combine(second, "plugin.json"), manifest.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "appsettings.json"), """
            {
              "Plugins": { "Folder": "plugins" },
              "Events": { "Types": [ "order.returned", "ticket.reopened" ] },
              "Connections": [
                { "Name": "sandbox", "Plugin": "sandbox", "Settings": {} },
                { "Name": "second", "Plugin": "sandbox.second", "Settings": {} },
                { "Name": "mail", "Plugin": "email.smtp", "Settings": { "Host": "127.0.0.1", "Port": 2525, "Security": "None", "FromAddress": "hello@shop.example" } }
              ]
            }
            """);
        return Directory.GetDirectories(plugins).Length;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    // Milliseconds until it answers, and of processor time by then.
    private static async Task<(double Ready, double Used)> MeasureAsync(string host, string folder)
    {
        var url = new Uri($"http://127.0.0.1:{KeptPort.Next()}");
        var start = new ProcessStartInfo("dotnet", [host, "run", "--set", $"Web:Listen={url.AbsoluteUri}"])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var http = new HttpClient();
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            while (!await AnswersAsync(http, url))
            {
                if (process.HasExited)
                    throw new InvalidOperationException($"It ended with {process.ExitCode}: {string.Join('\n', await said)}");
                await Task.Delay(5);
            }

            var ready = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            process.Refresh();
            return (ready, process.TotalProcessorTime.TotalMilliseconds);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri url)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(url, "/health"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Configuration() =>
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!);
}
