namespace CxOrchestrator.Host.Demo;

/// <summary>How a simulated customer answers: decided by the message's key alone, so that every demo tells the same kind of story.</summary>
internal sealed record DemoAnswer(int Share, TimeSpan After, string Comment)
{
    private static readonly Dictionary<string, (string Good, string Fair, string Bad)> Comments = new()
    {
        ["en"] = ("Quick delivery and well packed. Thank you!", "Fine, but the parcel came a day late.", "The box was torn and nobody answered my mail."),
        ["th"] = ("ส่งเร็วมาก แพ็กของดี ประทับใจ", "โดยรวมดี แต่ส่งช้าไปหนึ่งวัน", "กล่องเสียหาย ติดต่อไปก็ไม่มีใครตอบ"),
        ["fa"] = ("تحویل سریع و بسته‌بندی عالی بود، ممنون!", "خوب بود ولی یک روز دیر رسید.", "جعبه پاره بود و کسی جواب پیام من را نداد."),
        ["zh"] = ("送货很快，包装很好，谢谢！", "还可以，就是晚到了一天。", "盒子破了，客服也没人回复。"),
        ["pt"] = ("Entrega rápida e bem embalada. Obrigada!", "Bom, mas chegou um dia atrasado.", "A caixa chegou rasgada e ninguém respondeu."),
    };

    /// <summary>What becomes of a message, or null where its reader doesn't answer.</summary>
    /// <param name="key">The delivery's key.</param>
    /// <param name="language">The reader's language.</param>
    public static DemoAnswer? To(string key, string language)
    {
        var random = new Random(StableHash(key));
        if (random.Next(100) >= 55)
            return null;
        var mood = random.Next(100);
        // Shares of the scale, in per cent: promoters, passives, detractors.
        var share = mood < 55 ? 90 + (10 * random.Next(2)) : mood < 80 ? 70 + (10 * random.Next(2)) : 10 * random.Next(7);
        var comments = Comments.GetValueOrDefault(language, Comments["en"]);
        var words = random.Next(100) < 60 ? share >= 90 ? comments.Good : share >= 70 ? comments.Fair : comments.Bad : "";
        return new DemoAnswer(share, TimeSpan.FromMinutes(random.Next(5, 48 * 60)), words);
    }

    /// <summary>The score on a scale.</summary>
    public int ScoreOn(int lowest, int highest) => lowest + (int)Math.Round((highest - lowest) * Share / 100.0);

    // string.GetHashCode differs from run to run (FNV-1a, 32 bits).
    private static int StableHash(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619u;
        return (int)hash;
    }
}
