using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Web.Tests.Fakes;

/// <summary>Things that tests need, as usual as can be.</summary>
internal static class A
{
    public static Guid Id(int number) => new(number, 0, 7, new byte[8]);

    public static Customer Customer(string locale = "en-GB", string zone = "Europe/London", string name = "Anna Ruiz", int number = 1) => new()
    {
        Id = Id(number),
        Name = name,
        GivenName = name.Split(' ')[0],
        Locale = locale,
        TimeZone = zone,
        ContactPoints = [new ContactPoint(Channel.Email, "anna.ruiz@example.com"), new ContactPoint(Channel.Sms, "+447700900123")],
        CreatedAt = DateTimeOffset.UnixEpoch,
        ChangedAt = DateTimeOffset.UnixEpoch,
    };

    public static Survey Nps(string? caseWhen = null, bool commentRequired = false, bool scoreRequired = true) => new()
    {
        Key = "nps",
        Version = 1,
        DefaultLanguage = "en",
        Expires = Duration.OfDays(14),
        Questions =
        [
            new Question(
                "score", QuestionKind.Nps, scoreRequired,
                new Dictionary<string, string>
                {
                    ["en"] = "How likely are you to recommend us?", ["th"] = "คุณจะแนะนำเราหรือไม่", ["fa"] = "چقدر احتمال دارد ما را پیشنهاد کنید؟",
                    ["zh"] = "您会推荐我们吗?", ["pt-BR"] = "Você nos recomendaria?",
                },
                new Dictionary<string, string> { ["en"] = "Not at all likely", ["fa"] = "اصلاً" },
                new Dictionary<string, string> { ["en"] = "Extremely likely", ["fa"] = "بسیار زیاد" }),
            new Question("comment", QuestionKind.Comment, commentRequired, new Dictionary<string, string> { ["en"] = "Why?", ["fa"] = "چرا؟" }, new Dictionary<string, string>(), new Dictionary<string, string>()),
        ],
        Words = new Dictionary<string, SurveyWords>
        {
            ["en"] = new("How did we do?", "Send", "Thank you!"),
            ["th"] = new("เราทำได้ดีแค่ไหน", "ส่ง", "ขอบคุณ"),
            ["fa"] = new("کار ما چطور بود؟", "فرستادن", "سپاسگزاریم!"),
            ["zh"] = new("我们做得怎么样?", "提交", "谢谢!"),
            ["pt-BR"] = new("Como nos saímos?", "Enviar", "Obrigado!"),
        },
        Case = caseWhen is null ? null : new SurveyCase(
            new Condition(CompiledExpression.Parse(caseWhen, "nps").Expression!), "detractor", null, Timing.In(new Duration(0, 1, TimeSpan.Zero))),
    };

    public static Invitation Invitation(Guid customerId, DateTimeOffset now, int number = 100) => new()
    {
        Id = Id(number),
        CustomerId = customerId,
        Survey = "nps",
        SurveyVersion = 1,
        EnrolmentId = Id(200),
        Journey = "post-delivery-nps",
        DeliveryId = Id(300),
        Touchpoint = "delivery",
        CreatedAt = now,
        ExpiresAt = now.AddDays(14),
    };

    /// <summary>A site with one customer who was asked, and the token of the link.</summary>
    public static async Task<(TestSite Site, string Token)> AskedSiteAsync(
        string locale = "en-GB", string zone = "Europe/London", string name = "Anna Ruiz", Survey? survey = null,
        Action<Microsoft.AspNetCore.Hosting.IWebHostBuilder>? host = null)
    {
        var site = await TestSite.StartAsync(host: host);
        var customer = Customer(locale, zone, name);
        var invitation = Invitation(customer.Id, site.Customers.GetUtcNow());
        site.Stores.Customers[customer.Id] = customer;
        site.Stores.Add(invitation);
        site.Content.Surveys["nps"] = survey ?? Nps();
        return (site, site.Links.Survey(invitation.Id).Split("/s/")[1]);
    }
}
