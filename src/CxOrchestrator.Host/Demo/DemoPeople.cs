using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Host.Demo;

/// <summary>Makes the demo's customers: always the same ones, in five languages and six time zones.</summary>
internal static class DemoPeople
{
    /// <summary>The source under whose ids they are known.</summary>
    public const string Source = "shop";

    private static readonly Region[] Regions =
    [
        new("en-US", "America/New_York", "+1212555", ["Grace", "Daniel", "Maya", "Owen", "Ruth"], ["Okafor", "Miller", "Rossi", "Nguyen", "Hughes"]),
        new("en-GB", "Europe/London", "+44770090", ["Amelia", "Harry", "Priya", "Callum", "Zoe"], ["Clarke", "Patel", "Evans", "Murray", "Bennett"]),
        new("th-TH", "Asia/Bangkok", "+6681234", ["สมชาย", "กนกวรรณ", "ปิยะ", "อรทัย", "ณัฐพล"], ["ใจดี", "ศรีสุข", "แก้วมณี", "วงศ์สวัสดิ์", "ทองคำ"]),
        new("fa-IR", "Asia/Tehran", "+9891234", ["سارا", "علی", "مریم", "رضا", "نیلوفر"], ["احمدی", "کریمی", "حسینی", "رضایی", "موسوی"]),
        new("zh-CN", "Asia/Shanghai", "+8613800", ["伟", "芳", "静", "磊", "敏"], ["王", "李", "张", "刘", "陈"]) { FamilyFirst = true },
        new("pt-BR", "America/Sao_Paulo", "+5511912", ["João", "Mariana", "Antônio", "Letícia", "Conceição"], ["Araújo", "Gonçalves", "Simões", "Magalhães", "Leitão"]),
    ];

    /// <summary>So many people, the same for the same seed.</summary>
    public static IReadOnlyList<CustomerDraft> Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(1, count).Select(number => MakeOne(number, random))];
    }

    /// <summary>A person's id at the shop.</summary>
    public static string IdOf(int number) => $"C-{number.ToString("D5", CultureInfo.InvariantCulture)}";

    private static CustomerDraft MakeOne(int number, Random random)
    {
        var region = Regions[random.Next(Regions.Length)];
        var given = region.Given[random.Next(region.Given.Length)];
        var family = region.Family[random.Next(region.Family.Length)];
        var points = new List<ContactPoint>();
        // A few can be reached by text message alone, and a few not at all, as in real life.
        var reach = random.Next(100);
        if (reach < 88)
            points.Add(new(Channel.Email, $"c{number.ToString("D5", CultureInfo.InvariantCulture)}@example.test"));
        if (reach is < 60 or (>= 88 and < 97))
            points.Add(new(Channel.Sms, region.Phone + (100_000 + number).ToString(CultureInfo.InvariantCulture)[1..]));
        var tier = random.Next(10) switch { 0 => "gold", < 4 => "silver", _ => "standard" };
        return new CustomerDraft(
            [new(Source, IdOf(number))],
            region.FamilyFirst ? family + given : $"{given} {family}", given, region.Locale, region.Zone, points,
            JsonSerializer.SerializeToElement(new { tier }));
    }

    private sealed record Region(string Locale, string Zone, string Phone, string[] Given, string[] Family)
    {
        public bool FamilyFirst { get; init; }
    }
}
