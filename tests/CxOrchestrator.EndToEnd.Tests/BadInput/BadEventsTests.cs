using System.Net;
using System.Text.Json;
using CxOrchestrator.EndToEnd.Tests.Running;

namespace CxOrchestrator.EndToEnd.Tests.BadInput;

/// <summary>Events that are wrong, posted to the running executable.</summary>
public sealed class BadEventsTests : IAsyncLifetime
{
    private readonly Shop _shop = PlainShop.New();
    private readonly EventSource _source = new("shop");

    public async Task InitializeAsync()
    {
        _shop.AddSources(_source);
        await _shop.StartAsync();
    }

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task Every_fault_of_every_event_is_told_with_what_to_do_and_nothing_is_stored()
    {
        var unknown = _source.Event("2", "order.deliverd", "anna");
        var (status, body) = await _source.PostAsync(_shop, new[]
        {
            new Dictionary<string, object> { ["data"] = 5 }, unknown, _source.Event("3", "order.delivered", "anna"),
        });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("2 of 3 events can't be taken, and none of this request is stored.", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(["specversion", "source", "id", "type", "subject", "data"], Errors(body, 0).Select(error => error.GetProperty("field").GetString()));
        Assert.All(Errors(body, 0), error => Assert.NotEmpty(error.GetProperty("whatToDo").GetString()!));
        var error = Assert.Single(Errors(body, 1));
        Assert.Equal("2", error.GetProperty("id").GetString());
        Assert.StartsWith("type 'order.deliverd' is not known: did you mean 'order.delivered'?", error.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await _shop.BooksAsync()).Events);
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_told_by_line_and_byte()
    {
        var (status, body) = await _source.PostAsync(_shop, "[\n{\"id\": oops}]");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("Line 2, byte 8: ", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_with_what_to_do_and_the_right_one_stands_nowhere()
    {
        var wrong = _source.Key[..^1] + (_source.Key[^1] == 'A' ? 'B' : 'A');
        var (status, body) = await _source.PostAsync(_shop, _source.Event("1", "order.delivered", "anna"), wrong);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("Send a source's key as Authorization: Bearer KEY", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _source.PostAsync(_shop, _source.Event("1", "order.delivered", "anna"))).Status);
        Assert.Equal(1, (await _shop.BooksAsync()).Events);

        var check = await _shop.DoAsync("check");
        await _shop.Process.StopAsync();
        Assert.Contains("had no key or a wrong one", _shop.Process.Output, StringComparison.Ordinal);
        foreach (var text in (string[])[_shop.Process.Output, check, body.GetRawText()])
        {
            Assert.DoesNotContain(_source.Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain(wrong, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_that_the_environment_lacks_keeps_it_from_starting_and_is_told_by_name()
    {
        _shop.Change(settings => settings["Events"]!["Sources"]![0]!["Key"] = "env:NO_SUCH_KEY_ANYWHERE");

        var (exitCode, output) = await CxoProcess.RunAsync(_shop.Folder, "run");

        Assert.Equal(1, exitCode);
        Assert.Contains("Events:Sources:0:Key: the environment variable of 'env:NO_SUCH_KEY_ANYWHERE' is not set; set it for this service", output, StringComparison.Ordinal);
    }

    private static List<JsonElement> Errors(JsonElement body, int index) =>
        [.. body.GetProperty("errors").EnumerateArray().Where(error => error.GetProperty("index").GetInt32() == index)];
}
