using System.Diagnostics;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.VendorChecks;

/// <summary>Runs a few lines of JavaScript with the packages of <c>tests/contracts</c>, such as a vendor's own signer.</summary>
public static class NodeScript
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(2);

    /// <summary>Runs a script to its end. Call <see cref="Needs.NodePackage"/> first.</summary>
    /// <param name="script">CommonJS; reads its input with <c>require('fs').readFileSync(0, 'utf8')</c>.</param>
    /// <param name="input">What stands on its standard input.</param>
    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; inside is what it wrote to its standard error.</exception>
    public static async Task<string> RunAsync(string script, string input = "")
    {
        var start = new ProcessStartInfo(Needs.Command("node"), ["-e", script])
        {
            WorkingDirectory = Repository.PathOf("tests", "contracts"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(EndsWithin);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), patience.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"The script ended with {process.ExitCode}: {await errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
