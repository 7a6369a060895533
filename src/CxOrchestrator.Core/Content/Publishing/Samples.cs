using System.Text.Json;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Core.Content;

/// <summary>Customers, events and answers to try content on before a real customer gets it.</summary>
internal static class Samples
{
    /// <summary>Customers with names in several scripts, with markup in a name, and one of whom almost nothing is known.</summary>
    public static IReadOnlyList<Customer> Customers(string locale, DateTimeOffset now) =>
    [
        Someone(1, "สมชาย ใจดี", "สมชาย", "Asia/Bangkok", locale, now),
        Someone(2, "زهرا احمدی", "زهرا", "Asia/Tehran", locale, now),
        Someone(3, "João <Zé> O'Neill & Söhne", "João", "America/Sao_Paulo", locale, now),
        new Customer { Id = Key(4), Locale = locale, TimeZone = "Etc/UTC", CreatedAt = now, ChangedAt = now },
    ];

    /// <summary>Somebody with a usual name and zone of a language; where we know none of that language, of English.</summary>
    /// <param name="language">The language's tag; it becomes their locale.</param>
    /// <param name="now">Since when they are known.</param>
    public static Customer Typical(string language, DateTimeOffset now) => language.Split('-')[0] switch
    {
        "th" => Someone(5, "สมชาย ใจดี", "สมชาย", "Asia/Bangkok", language, now),
        "fa" => Someone(6, "زهرا احمدی", "زهرا", "Asia/Tehran", language, now),
        "zh" => Someone(7, "王小明", "小明", "Asia/Shanghai", language, now),
        "pt" => Someone(8, "João Silva", "João", "America/Sao_Paulo", language, now),
        "de" => Someone(9, "Jürgen Groß", "Jürgen", "Europe/Berlin", language, now),
        _ => Someone(10, "Anna Berg", "Anna", "Etc/UTC", language, now),
    };

    /// <summary>What a message sees, with links of the length of real ones that lead nowhere.</summary>
    public static Dictionary<string, object?> Model(Customer customer, EnrolmentContext context, ContentRules rules)
    {
        var links = rules.PublicUrl.AbsoluteUri.TrimEnd('/');
        // As long as the tokens of CustomerLinks.
        return TemplateModels.ForMessage(
            customer, context, "sample", "sample", rules.Company, $"{links}/s/{"sample".PadRight(38, 'x')}", $"{links}/u/{"sample".PadRight(40, 'x')}");
    }

    /// <summary>What an enrolment may carry: no answer yet, an unhappy one with a comment, a happy one without.</summary>
    /// <param name="eventType">The type of the event that began it.</param>
    /// <param name="now">When.</param>
    public static IReadOnlyList<EnrolmentContext> Contexts(string eventType, DateTimeOffset now)
    {
        var fact = JsonSerializer.SerializeToElement(new { type = eventType, source = "shop", time = now, data = new { } });
        return
        [
            new EnrolmentContext { Event = fact },
            new EnrolmentContext { Event = fact, Answer = Answer(2, "Late & <broken>") },
            new EnrolmentContext { Event = fact, Answer = Answer(10, "") },
        ];
    }

    private static JsonElement Answer(int score, string comment) =>
        JsonSerializer.SerializeToElement(new { survey = "sample", score, comment, revision = 1 });

    private static Customer Someone(byte number, string name, string givenName, string zone, string locale, DateTimeOffset now) => new()
    {
        Id = Key(number),
        Name = name,
        GivenName = givenName,
        Locale = locale,
        TimeZone = zone,
        ContactPoints = [new ContactPoint(Channel.Email, "sample@example.test"), new ContactPoint(Channel.Sms, "+66800000000")],
        CreatedAt = now,
        ChangedAt = now,
    };

    private static Guid Key(byte number) => new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number);
}
