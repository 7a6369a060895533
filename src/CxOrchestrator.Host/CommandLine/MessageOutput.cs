using System.ComponentModel;
using System.Diagnostics;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>Prints a rendered message, writes it to a file, or opens it.</summary>
internal static class MessageOutput
{
    /// <summary>Does what was asked for: prints, unless a file is named or it is to be opened.</summary>
    /// <exception cref="UserException">The file can't be written.</exception>
    public static async Task WriteAsync(IAnsiConsole console, string text, string part, string? file, bool open, CancellationToken cancellation)
    {
        if (file is null && !open)
        {
            Print(console, text);
            return;
        }

        // A message is about a person: the folder is the user's own.
        var path = file is null
            ? Path.Combine(Directory.CreateTempSubdirectory("cxo-preview-").FullName, part == "html" ? "message.html" : "message.txt")
            : Path.GetFullPath(file);
        try
        {
            await File.WriteAllTextAsync(path, text, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} can't be written: {error.Message}", error);
        }

        console.WriteLine(path);
        if (open)
            Open(console, path);
    }

    // Not through the console's own line breaks, which would cut long lines; and what a name may carry doesn't command the terminal.
    private static void Print(IAnsiConsole console, string text) => console.Profile.Out.Writer.Write(
        string.Concat(text.Where(letter => !char.IsControl(letter) || letter is '\n' or '\t')));

    private static void Open(IAnsiConsole console, string path)
    {
        var start = OperatingSystem.IsLinux() ? new ProcessStartInfo("xdg-open") { ArgumentList = { path } }
            : OperatingSystem.IsMacOS() ? new ProcessStartInfo("open") { ArgumentList = { path } }
            : new ProcessStartInfo(path) { UseShellExecute = true };
        try
        {
            using var program = Process.Start(start);
        }
        catch (Win32Exception error)
        {
            console.WriteLine($"It can't be opened from here ({error.Message}). Open the file yourself.");
        }
    }
}
