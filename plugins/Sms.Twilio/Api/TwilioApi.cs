using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.SmsTwilio.Api;

/// <summary>One account's part of Twilio's REST API, version 2010-04-01.</summary>
internal sealed class TwilioApi : IDisposable
{
    private readonly string _account;
    private readonly ServiceClient _messages;
    private readonly ServiceClient _accounts;

    public TwilioApi(TwilioSettings settings)
    {
        _account = $"2010-04-01/Accounts/{settings.AccountSid}";
        // Standard API keys may do everything but read the account, which in turn proves the token that the webhooks are signed with.
        _accounts = Client(settings.BaseUrl, () => Basic(settings.AccountSid, settings.AuthToken!.Reveal()));
        _messages = settings.HasKey ? Client(settings.BaseUrl, () => Basic(settings.KeySid!, settings.KeySecret!.Reveal())) : _accounts;
    }

    /// <summary>Creates a message: hands it over.</summary>
    public Task<ServiceAnswer> CreateAsync(IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellation) =>
        _messages.SendAsync(ServiceRequest.Form($"{_account}/Messages.json", form), cancellation);

    /// <summary>The account itself.</summary>
    public Task<ServiceAnswer> AccountAsync(CancellationToken cancellation) =>
        _accounts.SendAsync(ServiceRequest.Get($"{_account}.json"), cancellation);

    /// <summary>Whether messages can be read.</summary>
    public Task<ServiceAnswer> TryMessagesAsync(CancellationToken cancellation) =>
        _messages.SendAsync(ServiceRequest.Get($"{_account}/Messages.json?PageSize=1"), cancellation);

    /// <summary>The path of a list of messages, newest first.</summary>
    /// <param name="to">Only those to this address.</param>
    /// <param name="sentSince">Only those that were sent then or later; leaves out those that are not sent yet.</param>
    /// <param name="pageSize">Messages on a page, 1 to 1000.</param>
    public string ListPath(string? to, DateTimeOffset? sentSince, int pageSize)
    {
        var query = new List<string>();
        if (to is not null)
            query.Add($"To={Uri.EscapeDataString(to)}");
        if (sentSince is { } since)
            query.Add($"DateSent%3E={Uri.EscapeDataString(since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))}");
        query.Add(string.Create(CultureInfo.InvariantCulture, $"PageSize={pageSize}"));
        return $"{_account}/Messages.json?{string.Join('&', query)}";
    }

    /// <summary>One page of a list.</summary>
    /// <param name="path">From <see cref="ListPath"/>, or the <see cref="MessagePage.Next"/> of the page before.</param>
    /// <exception cref="ServiceException">An outage, or an answer that is no page of messages.</exception>
    public async Task<MessagePage> ListAsync(string path, CancellationToken cancellation)
    {
        var reply = (await _messages.SendAsync(ServiceRequest.Get(path), cancellation)).Reply();
        var json = reply.Json();
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
            throw new ServiceException($"{reply.Summary}, but not with a list of messages") { Status = reply.Status };
        var listed = messages.EnumerateArray().Select(TwilioMessage.Of).ToList();
        if (listed.Any(message => message.Sid.Length == 0))
            throw new ServiceException($"{reply.Summary}, but with a message without an id") { Status = reply.Status };
        return new MessagePage(listed, Next(json));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _messages.Dispose();
        _accounts.Dispose();
    }

    // Twilio gives a path from its root. The client refuses whatever would leave the base address' host.
    private static string? Next(JsonElement page) =>
        page.TryGetProperty("next_page_uri", out var next) && next.ValueKind == JsonValueKind.String && next.GetString() is { Length: > 0 } path
            ? path.StartsWith('/') ? path[1..] : path
            : null;

    private static ServiceClient Client(Uri baseUrl, Func<AuthenticationHeaderValue> authorize) =>
        new(new ServiceClientOptions { BaseUrl = baseUrl, Authorize = _ => ValueTask.FromResult<AuthenticationHeaderValue?>(authorize()) });

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}

/// <summary>One page of a list of messages.</summary>
/// <param name="Messages">Newest first.</param>
/// <param name="Next">Path of the next page; null at the end.</param>
internal sealed record MessagePage(IReadOnlyList<TwilioMessage> Messages, string? Next);
