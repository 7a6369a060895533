using System.Text;

namespace CxOrchestrator.Sdk.Testing.Smtp;

/// <summary>The server's side of AUTH PLAIN, AUTH LOGIN and AUTH XOAUTH2.</summary>
internal sealed class ScriptedSignIn(SmtpServerOptions options, LineStream lines, CancellationToken stop)
{
    /// <summary>Who came, and the reply that ends it.</summary>
    public async Task<(string? User, string Reply)> RunAsync(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var mechanism = words.ElementAtOrDefault(1)?.ToUpperInvariant() ?? "";
        if (!options.AuthMechanisms.Contains(mechanism))
        {
            return (null, "504 5.5.4 Mechanism not offered");
        }

        if (mechanism == "XOAUTH2")
        {
            return await XOAuth2Async(words.ElementAtOrDefault(2));
        }

        var (user, password) = mechanism == "PLAIN" ? await PlainAsync(words.ElementAtOrDefault(2)) : await LoginAsync();
        return user == options.UserName && password == options.Password
            ? (user, "235 2.7.0 Welcome")
            : (null, "535 5.7.8 Wrong user or password");
    }

    private async Task<(string? User, string Reply)> XOAuth2Async(string? initial)
    {
        var response = Decode(initial ?? await AskAsync("334 "));
        if (response == $"user={options.UserName}\u0001auth=Bearer {options.AccessToken?.Invoke()}\u0001\u0001")
        {
            return (options.UserName, "235 2.7.0 Welcome");
        }

        // {"status":"401","schemes":"bearer"}, and no end before the client has answered it with an empty line.
        return await AskAsync("334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=") is ""
            ? (null, "535 5.7.3 Authentication unsuccessful")
            : (null, "501 5.5.2 An empty line was expected");
    }

    private async Task<(string User, string Password)> PlainAsync(string? initial)
    {
        var parts = Decode(initial ?? await AskAsync("334 ")).Split('\0');
        return parts.Length == 3 ? (parts[1], parts[2]) : ("", "");
    }

    private async Task<(string User, string Password)> LoginAsync() =>
        (Decode(await AskAsync("334 VXNlcm5hbWU6")), Decode(await AskAsync("334 UGFzc3dvcmQ6")));

    private async Task<string> AskAsync(string question)
    {
        await lines.WriteAsync(question + "\r\n", stop);
        return await lines.ReadTextAsync(stop) ?? "";
    }

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
