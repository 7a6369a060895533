using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CxOrchestrator.EndToEnd.Tests.Running;
using Microsoft.Data.Sqlite;

namespace CxOrchestrator.EndToEnd.Tests.Hooks;

/// <summary>An SMS gateway that tells a shop who has opted out, signed, and tells it again until it is answered.</summary>
internal sealed class Gate(Shop shop, int people)
{
    private const string Secret = "a-secret-of-the-gate-and-the-shop";

    private int _answered;

    /// <summary>How many calls were answered.</summary>
    public int Answered => _answered;

    /// <summary>Puts the gateway's people and its connection into the shop.</summary>
    public async Task SetUpAsync()
    {
        var lines = Enumerable.Range(0, people).Select(person => $"c{person},{Number(person)}");
        var file = Path.Combine(shop.Folder, "people.csv");
        await File.WriteAllLinesAsync(file, lines.Prepend("id,phone"));
        await File.WriteAllTextAsync(Path.Combine(shop.Folder, "secret"), Secret);
        var description = Path.Combine(shop.Folder, "gate.yaml");
        await File.WriteAllTextAsync(description, """
            service: Gate
            baseUrl: https://gate.example/
            auth: { kind: none }
            operations:
              probe: { path: health }
            webhook:
              check: { kind: hmac, name: X-Signature, algorithm: sha256, encoding: hex, over: "{header:X-Time}.{body}" }
              facts:
                - id: item.id
                  type: item.type
                  address: item.from
                  data: { channel: "'sms'", text: item.text }
            """);
        shop.Change(settings => settings["Connections"]!.AsArray().Add(new JsonObject
        {
            ["Name"] = "gate",
            ["Plugin"] = "generic.http",
            ["Settings"] = new JsonObject
            {
                ["Description"] = description, ["BaseUrl"] = shop.Url.AbsoluteUri, ["WebhookSecret"] = $"file:{Path.Combine(shop.Folder, "secret")}",
            },
        }));
        await shop.DoAsync("customers", "import", file, "--map", "id.shop=id", "--map", "phone=phone");
    }

    /// <summary>Tells that everybody has sent STOP, eight at a time, until all are told or the shop is gone.</summary>
    public Task TellAsync() => Parallel.ForAsync(0, people, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (person, _) =>
    {
        try
        {
            if (await CallAsync(person) == HttpStatusCode.NoContent)
                Interlocked.Increment(ref _answered);
        }
        catch (HttpRequestException)
        {
            // The shop is gone; a gateway calls again later.
        }
    });

    /// <summary>One call; with another body than was signed where it is tampered with.</summary>
    public async Task<HttpStatusCode> CallAsync(int person, bool tampered = false)
    {
        var body = $$"""{ "id": "in/{{person}}", "type": "contact.optedOut", "from": "{{Number(person)}}", "text": "STOP" }""";
        var key = Encoding.UTF8.GetBytes(Secret);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shop.Url, "/hooks/gate"));
        request.Headers.Add("X-Time", "1772452800");
        request.Headers.Add("X-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("1772452800." + body))));
        request.Content = new StringContent(tampered ? body.Replace("optedOut", "optedIn", StringComparison.Ordinal) : body, Encoding.UTF8, "application/json");
        using var answer = await shop.Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>A number of the shop's database.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(shop.Folder, "data", "cxo.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static string Number(int person) => string.Create(CultureInfo.InvariantCulture, $"+668{10_000_000 + person}");
}
