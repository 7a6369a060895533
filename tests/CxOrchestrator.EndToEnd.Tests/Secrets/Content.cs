using System.Globalization;
using System.Net;
using CxOrchestrator.EndToEnd.Tests.Running;

namespace CxOrchestrator.EndToEnd.Tests.Secrets;

/// <summary>A journey that writes to a customer by mail and text and opens a case, which asks something of a sender of each kind, a CRM and a helpdesk.</summary>
internal sealed class Content(Shop shop, EventSource source)
{
    /// <summary>Writes the journeys and the message, and imports the customers.</summary>
    public async Task PrepareAsync(int people)
    {
        var message = Directory.CreateDirectory(Path.Combine(shop.Folder, "content", "messages", "note")).FullName;
        foreach (var part in new[] { "subject", "txt", "sms" })
            await File.WriteAllTextAsync(Path.Combine(message, $"en.{part}"), "A word from {{ company.name }}");
        await File.WriteAllTextAsync(Path.Combine(message, "en.html"), "<p>A word from {{ company.name }}</p>");
        var journeys = Directory.CreateDirectory(Path.Combine(shop.Folder, "content", "journeys")).FullName;
        foreach (var (name, step) in new[]
                 {
                     ("mail", "{ send: note, via: [ email ] }"), ("text", "{ send: note, via: [ sms ] }"), ("trouble", "{ openCase: trouble, due: 1 business day }"),
                 })
        {
            await File.WriteAllTextAsync(
                Path.Combine(journeys, $"{name}.yaml"),
                $"journey: {name}\npurpose: service\ntouchpoint: delivery\ntrigger: {{ on: order.delivered }}\nreentry: once\nsteps:\n  - {step}\n");
        }

        var file = Path.Combine(shop.Folder, "people.csv");
        await File.WriteAllLinesAsync(
            file, Enumerable.Range(0, people).Select(one => $"{Person(one)},{EveryConnection.LastWords},{Person(one)}@example.test,+4915112{one + 345600},en").Prepend("id,name,email,phone,locale"));
        await shop.DoAsync(
            "customers", "import", file, "--map", "id.shop=id", "--map", "name=name", "--map", "email=email", "--map", "phone=phone", "--map", "locale=locale");
    }

    /// <summary>Tells that orders of these customers have come.</summary>
    public async Task PostAsync(IEnumerable<int> people)
    {
        var (status, body) = await source.PostAsync(
            shop, people.Select(one => source.Event($"order-{Person(one)}", "order.delivered", Person(one), PlainShop.Begins)).ToList());
        Assert.True(status == HttpStatusCode.OK, $"{status}: {body}");
    }

    private static string Person(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number:D4}");
}
