using System.CommandLine;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>templates check|render|conformance</c>.</summary>
internal static class TemplatesCommand
{
    public static Command Build(IAnsiConsole console) => new("templates", "Messages and the language that they are written in.")
    {
        ContentCheck.Command(
            "check", "Checks templates and what uses them: unknown variables, dead branches, missing languages and parts, long text messages, links, images.", console),
        RenderCommand.Build(console),
        ConformanceCommand.Build(console),
    };
}
