using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.TestKit;
using CxOrchestrator.Web.Tests.Fakes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Web.Tests.Events;

/// <summary>A site with a source <c>shop</c>, and requests to its API.</summary>
internal sealed class EventApi : IAsyncDisposable
{
    public const string Key = "a-key-of-thirty-two-characters!!";

    private readonly TemporaryFolder _folder = new();

    public TestSite Site { get; private set; } = null!;

    public static async Task<EventApi> StartAsync(
        string? maxBytes = null, string? maxWaiting = null, string? maxWaitingBytes = null, Action<IServiceCollection>? configure = null, Action<IWebHostBuilder>? host = null)
    {
        var api = new EventApi();
        await File.WriteAllTextAsync(api._folder.PathOf("shop.key"), Key + "\n");
        await File.WriteAllTextAsync(api._folder.PathOf("erp.key"), new string('e', 32));
        api.Site = await TestSite.StartAsync(new Dictionary<string, string?>
        {
            ["Events:Sources:0:Name"] = "shop",
            ["Events:Sources:0:Key"] = "file:" + api._folder.PathOf("shop.key"),
            ["Events:Sources:1:Name"] = "erp",
            ["Events:Sources:1:Key"] = "file:" + api._folder.PathOf("erp.key"),
            ["Events:MaxBytes"] = maxBytes,
            ["Events:MaxWaiting"] = maxWaiting,
            ["Events:MaxWaitingBytes"] = maxWaitingBytes,
            ["Web:MaxHookBytes"] = maxBytes,
        },
        configure, host);
        return api;
    }

    public static string Event(
        string id, string type = "order.delivered", string source = "shop", string subject = "c-1", string more = "") =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"{{type}}","subject":"{{subject}}"{{more}}}""";

    public Task<Reply> PostAsync(string body, string type = "application/cloudevents+json", string? key = Key, Action<HttpRequestMessage>? change = null) =>
        PostAsync(Encoding.UTF8.GetBytes(body), type, key, change);

    public async Task<Reply> PostAsync(byte[] body, string? type, string? key, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/events") { Content = new ByteArrayContent(body) };
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        change?.Invoke(request);
        using var response = await Site.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Reply((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, Json.Parse(text), text, response.Headers);
    }

    public Task<Reply> BatchAsync(params string[] events) => PostAsync($"[{string.Join(',', events)}]", "application/cloudevents-batch+json");

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>What the API answered.</summary>
internal sealed record Reply(int Status, string? MediaType, JsonElement Body, string Text, HttpResponseHeaders Headers)
{
    /// <summary>The errors as index, field.</summary>
    public IReadOnlyList<(int Index, string Field)> Errors =>
        [.. Body.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("index").GetInt32(), error.GetProperty("field").GetString()!))];

    public string Detail => Body.GetProperty("detail").GetString()!;
}
