using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CxOrchestrator.EndToEnd.Tests.Orders;

/// <summary>Names, languages and addresses for the people of the real orders, made from their ids: the data has none.</summary>
internal static class People
{
    private static readonly (string Locale, string Zone, string[] Names)[] Kinds =
    [
        ("pt-BR", "America/Sao_Paulo", ["João Araújo", "Conceição Gonçalves", "Antônio Simões", "Letícia Magalhães"]),
        ("th-TH", "Asia/Bangkok", ["สมชาย ใจดี", "กนกวรรณ ศรีสุข", "ปิยะ แก้วมณี", "ณัฐพล ทองคำ"]),
        ("fa-IR", "Asia/Tehran", ["سارا احمدی", "علی کریمی", "مریم حسینی", "نیلوفر رضایی"]),
        ("zh-CN", "Asia/Shanghai", ["王伟", "李芳", "张静", "刘磊"]),
    ];

    public static string Email(string person) => $"{person}@example.test";

    public static string Name(string person) => Kind(person).Names[Number(person, 2) % 4];

    public static string Locale(string person) => Kind(person).Locale;

    /// <summary>Writes them as a file that <c>customers import</c> takes: one JSON object a line.</summary>
    public static void Write(string file, IEnumerable<string> people)
    {
        using var writer = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        foreach (var person in people.Distinct())
        {
            writer.WriteLine(JsonSerializer.Serialize(new
            {
                id = person,
                name = Name(person),
                email = Email(person),
                locale = Locale(person),
                time_zone = Kind(person).Zone,
            }));
        }
    }

    private static (string Locale, string Zone, string[] Names) Kind(string person) => Kinds[Number(person, 0) % Kinds.Length];

    private static int Number(string person, int at) => int.Parse(person.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
