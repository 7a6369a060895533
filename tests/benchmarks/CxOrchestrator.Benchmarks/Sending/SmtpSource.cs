using System.Diagnostics;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>Postfix's <c>smtp-source</c>, the limit that we are measured by: sends the same message over and over, one command at a time.</summary>
internal static class SmtpSource
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Messages a second.</summary>
    /// <param name="port">Where a sink listens.</param>
    /// <param name="sessions">Connections at once, each kept for all of its messages.</param>
    /// <param name="messages">Messages in all.</param>
    /// <param name="bytes">Length of each.</param>
    public static double Rate(int port, int sessions, int messages, int bytes)
    {
        string[] arguments =
        [
            "-d", "-s", $"{sessions}", "-l", $"{bytes}", "-m", $"{messages}", "-f", "hello@shop.example", "-t", "anna@customers.example", $"127.0.0.1:{port}",
        ];
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(PostfixTool.Find("smtp-source"), arguments);
        if (!process.WaitForExit(Longest))
            process.Kill();
        return process.ExitCode == 0
            ? messages / watch.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"smtp-source ended with {process.ExitCode}.");
    }
}
