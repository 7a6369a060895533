using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.EndToEnd.Tests.Secrets;

/// <summary>
/// A service that says back whatever it was sent to sign in with, and whatever else it knows of a connection's secrets: in bodies, headers, the words behind
/// a status, and addresses that it redirects to. It refuses, accepts, stalls and cuts by turns.
/// </summary>
internal sealed class EchoingService : IAsyncDisposable
{
    private readonly IReadOnlyList<PlantedSecret> _known;
    private readonly string _accessToken;
    private ScriptedHttpServer? _server;
    private int _calls;

    private EchoingService(IReadOnlyList<PlantedSecret> known, string accessToken)
    {
        _known = known;
        _accessToken = accessToken;
    }

    public Uri Url => Server.Url;

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<RecordedRequest> Requests => Server.Requests;

    private ScriptedHttpServer Server => _server ?? throw new InvalidOperationException("It does not run.");

    /// <summary>Starts one that knows these secrets, and gives this access token to whoever asks for one.</summary>
    public static async Task<EchoingService> StartAsync(string accessToken, IReadOnlyList<PlantedSecret> known, X509Certificate2? certificate = null)
    {
        var service = new EchoingService(known, accessToken);
        service._server = await ScriptedHttpServer.StartAsync(service.Answer, certificate);
        return service;
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    /// <summary>All that it says of secrets, in one line.</summary>
    public static string Words(IEnumerable<PlantedSecret> known, string sent) => string.Join(
        ' ',
        known.Select(secret =>
            $"{secret.Value} cut {secret.Value[..27]} url {Uri.EscapeDataString(secret.Value)} hex {Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret.Value))} "
            + $"basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("somebody:" + secret.Value))}").Prepend($"denied: {sent}"));

    private ScriptedReply Answer(RecordedRequest request)
    {
        var turn = _calls++;
        // By turns, and cut in another place each time; the first words are those that fit where little fits.
        var words = Words(_known.Skip(turn % Math.Max(1, _known.Count)).Concat(_known), Sent(request))[(turn % 3 * 5)..];
        words = Printable(words);
        if (request.Path.Contains("token", StringComparison.Ordinal))
        {
            return turn % 4 == 3
                ? ScriptedReply.Json(new { error = "invalid_client", error_description = words }, 401)
                : ScriptedReply.Json(new { access_token = _accessToken, token_type = "Bearer", expires_in = 3600 });
        }

        if (turn % 10 == 9)
            Server.Fault = HttpFault.CutAfterBody.For(1);
        var reply = (turn % 9) switch
        {
            0 => ScriptedReply.Json(EchoingAnswer.Of(request, words, good: true)),
            1 => ScriptedReply.Json(EchoingAnswer.Of(request, words, good: false), 401).With("WWW-Authenticate", $"Basic realm=\"{words}\""),
            2 => ScriptedReply.Json(EchoingAnswer.Of(request, words, good: false), 400),
            3 => ScriptedReply.Empty(302).With("Location", $"/elsewhere?key={Uri.EscapeDataString(words)}"),
            4 => ScriptedReply.Json(EchoingAnswer.Of(request, words, good: true)),
            5 => ScriptedReply.Json(EchoingAnswer.Of(request, words, good: false), 429).With("Retry-After", "1"),
            6 => ScriptedReply.Text(words, 500),
            7 => ScriptedReply.Json(EchoingAnswer.Of(request, words, good: false), 422),
            _ => ScriptedReply.Json(EchoingAnswer.Of(request, words, good: false)),
        };
        return (reply with { Reason = words }).With("X-Request-Id", words).With("Set-Cookie", $"session={_known[0].Value}");
    }

    // As it came, and with the name and the colon of Basic taken apart.
    private static string Sent(RecordedRequest request)
    {
        var authorization = request.Header("Authorization") ?? "";
        var words = authorization.Split(' ');
        var plain = words is ["Basic", var credentials] ? Encoding.UTF8.GetString(Convert.FromBase64String(credentials)) : "";
        return $"{authorization} {plain} {WebUtility.UrlDecode(request.Target)} {(request.Path.Contains("token", StringComparison.Ordinal) ? WebUtility.UrlDecode(request.Text()) : "")}"
            .ReplaceLineEndings(" ");
    }

    // Headers may hold no others.
    private static string Printable(string words) => new([.. words.Select(letter => letter is >= ' ' and <= '~' ? letter : '?')]);
}
