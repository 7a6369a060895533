using Spectre.Console;
using Spectre.Console.Rendering;

namespace CxOrchestrator.Host.Tests.CommandLine;

/// <summary>A console at which somebody sits who types lines.</summary>
internal sealed class TypedConsole(IAnsiConsole inner, params string[] lines) : IAnsiConsole, IAnsiConsoleInput
{
    private readonly Queue<char> _keys = new(string.Concat(lines.Select(line => line + "\r")));

    public Profile Profile => inner.Profile;

    public IAnsiConsoleCursor Cursor => inner.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => inner.ExclusivityMode;

    public RenderPipeline Pipeline => inner.Pipeline;

    public void Clear(bool home) => inner.Clear(home);

    public void Write(IRenderable renderable) => inner.Write(renderable);

    public bool IsKeyAvailable() => _keys.Count > 0;

    public ConsoleKeyInfo? ReadKey(bool intercept) => _keys.TryDequeue(out var key)
        ? new ConsoleKeyInfo(key, key == '\r' ? ConsoleKey.Enter : ConsoleKey.NoName, false, false, false)
        : throw new InvalidOperationException("Nothing more was to be typed.");

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));
}
