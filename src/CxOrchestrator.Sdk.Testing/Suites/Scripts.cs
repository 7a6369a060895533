using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>Texts that a service must carry unharmed.</summary>
public static class Scripts
{
    /// <summary>Thai, Persian, Chinese, Portuguese, and characters of more than one code point.</summary>
    public static TheoryData<string> All => new()
    {
        "สมชาย ใจดี: การจัดส่งเป็นอย่างไร",
        "رضا رضایی: تحویل چگونه بود؟",
        "王小明：送货怎么样？",
        "João Conceição: como foi a entrega?",
        "👩‍👩‍👧 \u0065\u0301 «quotes» \"<&>\" \\ ' ; %20",
    };
}
