using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.GenericHttp.Calls;

/// <summary>Makes the requests that a description describes.</summary>
internal sealed partial class ServiceCalls : IDisposable
{
    private readonly ServiceDescription _description;
    private readonly GenericSettings _settings;
    private readonly OAuth2Token? _token;
    private readonly ServiceClient _client;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private readonly Dictionary<string, object?> _values;
    private IReadOnlyDictionary<string, object?>? _kept;

    public ServiceCalls(ServiceDescription description, GenericSettings settings, ConnectionContext context)
    {
        _description = description;
        _settings = settings;
        _values = settings.Values.ToDictionary(pair => pair.Key, pair => (object?)pair.Value, StringComparer.Ordinal);
        var address = settings.BaseUrl ?? description.BaseUrl!;
        if (description.Auth.Kind == AuthKind.OAuth2)
        {
            var below = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
            // The token's lifetime is the service's, so it runs by the real clock, also where the connection's is sped up.
            _token = new OAuth2Token(new Uri(below, description.Auth.TokenPath), settings.User!, settings.Secret!, description.Auth.Scope, TimeProvider.System, context.Given);
        }

        _client = new ServiceClient(new ServiceClientOptions { BaseUrl = address, Authorize = Authorize(description.Auth), Time = context.Time });
    }

    /// <summary>The model of a request: the connection's values and what the call is about.</summary>
    public Dictionary<string, object?> Model(params (string Name, object? Value)[] about)
    {
        var model = new Dictionary<string, object?>(StringComparer.Ordinal) { ["settings"] = _values, ["user"] = _settings.User };
        foreach (var (name, value) in about)
            model[name] = value;
        return model;
    }

    /// <summary>Makes one request; where the description prepares, with what is kept of that.</summary>
    /// <exception cref="DescriptionFault">The request can't be made of the model; nothing has left.</exception>
    public async Task<ServiceAnswer> SendAsync(Operation operation, Dictionary<string, object?> model, CancellationToken cancellation)
    {
        if (_description.Prepare is { } preparation)
        {
            var (kept, trouble) = await KeptAsync(preparation, cancellation);
            if (trouble is not null)
                return trouble;
            model["kept"] = kept;
        }

        var answer = await ExchangeAsync(operation, model, cancellation);
        if (answer is ServiceReply { Status: 401 or 403 })
        {
            // What was kept may have ended; the next try gets it anew.
            _kept = null;
            _token?.Forget();
        }

        return answer;
    }

    /// <summary>
    /// The model of a reply: that of its request, with <c>status</c>, <c>headers</c> (lower case), <c>cookies</c> (as a request would give them back) and
    /// <c>body</c>.
    /// </summary>
    public static Dictionary<string, object?> Model(ServiceReply reply, IReadOnlyDictionary<string, object?> request) => new(request, StringComparer.Ordinal)
    {
        ["status"] = reply.Status,
        ["headers"] = reply.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => (object?)header.Value, StringComparer.Ordinal),
        ["cookies"] = string.Join("; ", Cookies().Matches(reply.Header("Set-Cookie") ?? "").Select(cookie => cookie.Groups[1].Value)),
        ["body"] = reply.TryJson(out var json) ? PlainValues.Of(json) : null,
    };

    // Several cookies are joined with a comma, and a date in one of them has a comma too; a name and an equals sign follow only the former.
    [GeneratedRegex(@"(?:^|, )([^=;,\s]+=[^;,]*)(?=;|,|$)")]
    private static partial Regex Cookies();

    public void Dispose()
    {
        _client.Dispose();
        _token?.Dispose();
        _preparing.Dispose();
    }

    private async Task<(IReadOnlyDictionary<string, object?>? Kept, ServiceAnswer? Trouble)> KeptAsync(Preparation preparation, CancellationToken cancellation)
    {
        await _preparing.WaitAsync(cancellation);
        try
        {
            if (_kept is { } known)
                return (known, null);
            var model = Model();
            var answer = await ExchangeAsync(preparation.Operation, model, cancellation);
            // What comes first was refused, and not what was to be sent: that has not left, whatever the status.
            if (answer is ServiceReply { Status: 401 or 403 })
                _token?.Forget();
            if (answer is not ServiceReply { IsSuccess: true } reply)
                return (null, new ServiceSilence(false, $"what has to be asked first: {(answer as ServiceReply)?.Summary ?? ((ServiceSilence)answer).Text}"));
            var replied = Model(reply, model);
            return (_kept = preparation.Keep.ToDictionary(pair => pair.Key, pair => pair.Value.Of(replied), StringComparer.Ordinal), null);
        }
        finally
        {
            _preparing.Release();
        }
    }

    private Task<ServiceAnswer> ExchangeAsync(Operation operation, Dictionary<string, object?> model, CancellationToken cancellation)
    {
        var path = operation.Path.Of(model);
        var query = string.Join('&', Texts(operation.Query, model).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        if (query.Length > 0)
            path += (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query;
        var request = new ServiceRequest(operation.Method, path) { Content = Content(operation, model), Headers = [.. Texts(operation.Headers, model).Select(OneLine)] };
        if (_description.Auth is { Kind: AuthKind.Header } auth)
            request = request.With(auth.Name, auth.Prefix + _settings.Secret!.Reveal());
        return _client.SendAsync(request, cancellation);
    }

    private static HttpContent? Content(Operation operation, Dictionary<string, object?> model)
    {
        if (operation.Form is { } form)
            return new FormUrlEncodedContent(Texts(form, model));
        if (operation.Json is not { } json)
            return null;
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json.Of(model)?.ToJsonString() ?? "null"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(operation.JsonType);
        return content;
    }

    private static IEnumerable<KeyValuePair<string, string>> Texts(IReadOnlyList<KeyValuePair<string, Value>> values, Dictionary<string, object?> model) =>
        values.Select(pair => (pair.Key, Text: pair.Value.TextOf(model))).Where(pair => pair.Text is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Text!));

    // A line end in a value would begin another header.
    private static KeyValuePair<string, string> OneLine(KeyValuePair<string, string> header) =>
        header.Value.Any(char.IsControl) ? throw new DescriptionFault($"the header {header.Key} would have a control character in it") : header;

    private Func<CancellationToken, ValueTask<AuthenticationHeaderValue?>>? Authorize(AuthDescription auth)
    {
        var secret = _settings.Secret?.Reveal() ?? "";
        AuthenticationHeaderValue? fixedHeader = auth.Kind switch
        {
            AuthKind.Bearer => new AuthenticationHeaderValue(auth.Prefix.Length > 0 ? auth.Prefix : "Bearer", secret),
            AuthKind.Basic => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_settings.User}:{secret}"))),
            _ => null,
        };
        return auth.Kind switch
        {
            // A header of the service's own goes with each request.
            AuthKind.None or AuthKind.Header => null,
            AuthKind.OAuth2 => _token!.HeaderAsync,
            _ => _ => ValueTask.FromResult(fixedHeader),
        };
    }
}
