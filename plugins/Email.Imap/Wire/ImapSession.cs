using System.Net.Sockets;

namespace CxOrchestrator.Plugins.EmailImap.Wire;

/// <summary>One open connection, one command at a time. Whatever goes wrong is an <see cref="ImapFault"/>.</summary>
internal sealed class ImapSession(ImapWire wire, ImapSettings settings, TimeProvider clock) : IAsyncDisposable
{
    private int _commands;

    /// <summary>The bytes beneath.</summary>
    public ImapWire Wire => wire;

    /// <summary>What the server offers, in capitals.</summary>
    public IReadOnlySet<string> Capabilities { get; private set; } = new HashSet<string>();

    /// <summary>Reads one response, such as the greeting.</summary>
    public Task<ImapResponse> ReadAsync(CancellationToken cancellation) => WithinAsync(wire.ReadAsync, cancellation);

    /// <summary>Runs one command and gives its last response; what else comes goes to <paramref name="untagged"/>.</summary>
    /// <param name="command">Without tag and line break; the texts that go as literals are left out at its end.</param>
    /// <param name="cancellation">The caller's.</param>
    /// <param name="untagged">Told of each response before the last.</param>
    /// <param name="goOn">Asked for a line each time that the server asks for more; null where it may not.</param>
    public async Task<ImapResponse> RunAsync(
        string command, CancellationToken cancellation, Action<ImapResponse>? untagged = null, Func<ImapResponse, string>? goOn = null)
    {
        var tag = FormattableString.Invariant($"C{++_commands}");
        await WriteAsync($"{tag} {command}\r\n", cancellation);
        while (true)
        {
            var response = await ReadAsync(cancellation);
            if (response.Tag == "+" && goOn is not null)
            {
                await WriteAsync(goOn(response) + "\r\n", cancellation);
            }
            else if (response.Tag == tag)
            {
                return response;
            }
            else if (response.Tag != "*" || response.Kind == "BYE")
            {
                throw new ImapFault(response.Kind == "BYE" ? $"The server closes the connection: {wire.Safe(response.Text)}" : "The server answers what was not asked.");
            }
            else
            {
                Learn(response);
                untagged?.Invoke(response);
            }
        }
    }

    /// <summary>The same for a command that must succeed.</summary>
    /// <param name="what">What was tried, for the text of the fault.</param>
    public async Task<ImapResponse> DemandAsync(string what, string command, CancellationToken cancellation, Action<ImapResponse>? untagged = null)
    {
        var response = await RunAsync(command, cancellation, untagged);
        return response.Kind == "OK" ? response : throw new ImapFault($"The server can't {what}: {wire.Safe(response.Text)}");
    }

    /// <summary>Asks what the server offers; before and after TLS and sign-in it is not the same.</summary>
    public Task AskCapabilitiesAsync(CancellationToken cancellation) => DemandAsync("say what it offers", "CAPABILITY", cancellation);

    /// <summary>Says goodbye where the server still listens; never throws.</summary>
    public async Task LogoutAsync()
    {
        try
        {
            // The answer is BYE, which is a fault everywhere else.
            await WriteAsync("Z LOGOUT\r\n", CancellationToken.None);
        }
        catch (ImapFault)
        {
            // It is gone already, which is what we wanted.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => wire.DisposeAsync();

    private void Learn(ImapResponse response)
    {
        if (response.Kind == "CAPABILITY")
        {
            Capabilities = response.Values.Select(value => value.Text.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
        }
    }

    private Task WriteAsync(string text, CancellationToken cancellation) =>
        WithinAsync(async token =>
        {
            await wire.WriteAsync(text, token);
            return true;
        }, cancellation);

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        var limit = TimeSpan.FromSeconds(settings.CommandTimeoutSeconds);
        using var timer = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return await work(both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ImapFault($"The server did not answer within {limit.TotalSeconds:0} s.");
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            throw new ImapFault("The connection was lost: " + fault.Message, fault);
        }
    }
}
