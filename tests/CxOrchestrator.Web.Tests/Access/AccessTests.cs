using System.Net;
using CxOrchestrator.TestKit;
using CxOrchestrator.Web.Access;
using CxOrchestrator.Web.Tests.Fakes;

namespace CxOrchestrator.Web.Tests.Access;

public sealed class AccessTests
{
    private static readonly string[] Pages = ["/", "/customers", "/cases", "/outbox", "/api/customers/1/timeline", "/customers/1/explain/nps", "/api/customers/1/explain/nps"];

    [Fact]
    public async Task Somebody_at_this_machine_is_an_administrator()
    {
        await using var site = await TestSite.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/")).Status);
        site.RemoteAddress = IPAddress.Parse("::ffff:127.0.0.1");
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/customers")).Status);
        site.RemoteAddress = IPAddress.IPv6Loopback;
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/cases")).Status);
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("10.0.0.1")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData(null)]
    public async Task Nobody_from_elsewhere_is(string? address)
    {
        await using var site = await TestSite.StartAsync();
        site.RemoteAddress = address is null ? null : IPAddress.Parse(address);

        foreach (var page in Pages)
            Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync(page)).Status);
    }

    [Theory]
    [InlineData("attacker.example", false)]
    [InlineData("127.0.0.1.attacker.example", false)]
    [InlineData("localhost.attacker.example", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("localhost:8025", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("cxo.localhost", true)]
    [InlineData("127.0.0.1:8025", true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("[::1]:8025", true)]
    public async Task A_name_that_was_made_to_resolve_to_this_machine_is_not_trusted(string host, bool trusted)
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/customers");
        request.Headers.Host = host;

        using var response = await site.Client.SendAsync(request);

        Assert.Equal(trusted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-proto", "https")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task A_request_through_a_proxy_on_this_machine_is_not_trusted(string header, string value)
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/customers");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await site.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("Access:TrustLoopback", "false")]
    [InlineData("Web:Listen", "http://0.0.0.0:8025")]
    [InlineData("Web:Listen", "http://cxo.example")]
    public async Task Trust_ends_where_the_settings_say_so_or_others_can_reach_us(string key, string value)
    {
        await using var site = await TestSite.StartAsync(new Dictionary<string, string?> { [key] = value });

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/customers")).Status);
    }

    [Fact]
    public async Task Customers_pages_and_health_need_no_role_and_health_says_nothing_to_strangers()
    {
        await using var site = await TestSite.StartAsync();
        Assert.Contains("sandbox", (await site.GetAsync("/health")).Html, StringComparison.Ordinal);
        site.RemoteAddress = IPAddress.Parse("192.0.2.1");

        Assert.Equal("""{"status":"healthy"}""", (await site.GetAsync("/health")).Html);
        site.Staff.StoreIsDown = true;
        var down = await site.GetAsync("/health");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"unhealthy"}"""), (down.Status, down.Html));
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync("/s/nothing")).Status);
    }

    [Fact]
    public async Task Each_role_sees_its_pages_and_no_others()
    {
        await using var people = await SignedInSite.StartAsync();

        Assert.Equal([200, 200, 200, 403, 404], await people.StatusesAsync("anna"));
        Assert.Equal([200, 200, 403, 200, 404], await people.StatusesAsync("mark"));
        Assert.Equal([200, 200, 200, 200, 404], await people.StatusesAsync("root"));
    }

    [Fact]
    public async Task Signing_in_sets_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        await using var people = await SignedInSite.StartAsync();

        var reply = await people.SignInAsync("anna", back: "/cases?state=open");

        Assert.Equal(HttpStatusCode.SeeOther, reply.Status);
        Assert.Equal("/cases?state=open", reply.Response.Headers.Location!.OriginalString);
        var cookie = reply.Response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("cxo-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=43200", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("//attacker.example/")]
    [InlineData("/\\attacker.example/")]
    [InlineData("https://attacker.example/")]
    [InlineData("/login?back=/x")]
    [InlineData("")]
    public async Task Signing_in_leads_nowhere_else(string back)
    {
        await using var people = await SignedInSite.StartAsync();

        Assert.Equal("/", (await people.SignInAsync("anna", back)).Response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_and_cannot_be_forged()
    {
        await using var people = await SignedInSite.StartAsync();
        var session = await people.SessionAsync("anna");
        Assert.Equal(HttpStatusCode.OK, (await people.GetAsync("/customers", session)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await people.GetAsync("/customers", (session[0] == 'A' ? 'B' : 'A') + session[1..])).Status);

        people.Site.Machine.Advance(TimeSpan.FromHours(12));
        Assert.Equal(HttpStatusCode.Unauthorized, (await people.GetAsync("/customers", session)).Status);
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_and_needs_a_form_of_ours()
    {
        await using var people = await SignedInSite.StartAsync();
        var session = await people.SessionAsync("anna");
        var page = await people.GetAsync("/customers", session);
        var visit = page.Response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        foreach (var (token, takes) in new[] { ("", false), (page.Field("form-token")!, true) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/logout")
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["form-token"] = token }),
            };
            request.Headers.Add("Cookie", $"{visit}; cxo-session={session}");
            using var response = await people.Site.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
            Assert.Equal(takes, response.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("cxo-session=;", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_wrong_key_is_told_kindly_and_too_many_make_wait()
    {
        await using var people = await SignedInSite.StartAsync();
        for (var tried = 0; tried < WrongKeys.Allowed; tried++)
        {
            var wrong = await people.SignInAsync("nobody");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
            Assert.NotNull(wrong.Document.QuerySelector("[role=alert]"));
        }

        var waiting = await people.SignInAsync("anna");
        Assert.Equal(HttpStatusCode.TooManyRequests, waiting.Status);
        people.Site.Machine.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.SeeOther, (await people.SignInAsync("anna")).Status);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "cross-site")]
    public async Task A_form_of_another_site_signs_nobody_in(bool withToken, string? fetchSite)
    {
        await using var people = await SignedInSite.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await people.SignInAsync("anna", withToken: withToken, fetchSite: fetchSite)).Status);
    }

    [Fact]
    public async Task A_key_may_be_shown_to_the_api_and_a_wrong_one_is_no_way_round_by_loopback()
    {
        await using var people = await SignedInSite.StartAsync();
        people.Site.RemoteAddress = IPAddress.Loopback;

        Assert.Equal(404, await StatusAsync(SignedInSite.KeyOf("anna")));
        Assert.Equal(401, await StatusAsync(SignedInSite.KeyOf("nobody")));

        async Task<int> StatusAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/customers/1/timeline");
            request.Headers.TryAddWithoutValidation("X-Api-Key", key);
            using var response = await people.Site.Client.SendAsync(request);
            return (int)response.StatusCode;
        }
    }
}

/// <summary>A site with an agent, somebody from marketing and an administrator, asked from elsewhere.</summary>
internal sealed class SignedInSite : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestSite Site { get; private set; } = null!;

    public static string KeyOf(string name) => $"the-long-key-of-{name}";

    public static async Task<SignedInSite> StartAsync()
    {
        var people = new SignedInSite();
        var configuration = new Dictionary<string, string?>();
        foreach (var (name, role, index) in new[] { ("anna", "agent", 0), ("mark", "Marketing", 1), ("root", "admin", 2) })
        {
            var file = people._folder.PathOf(name);
            await File.WriteAllTextAsync(file, KeyOf(name));
            configuration[$"Access:People:{index}:Name"] = name;
            configuration[$"Access:People:{index}:Role"] = role;
            configuration[$"Access:People:{index}:Key"] = "file:" + file;
        }

        people.Site = await TestSite.StartAsync(configuration);
        people.Site.RemoteAddress = IPAddress.Parse("192.0.2.1");
        return people;
    }

    public async Task<PageSeen> SignInAsync(string name, string back = "/", bool withToken = true, string? fetchSite = null)
    {
        var page = await Site.GetAsync("/login");
        var visit = page.Response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["form-token"] = withToken ? page.Field("form-token")! : "", ["key"] = KeyOf(name), ["back"] = back,
            }),
        };
        request.Headers.Add("Cookie", visit);
        if (fetchSite is not null)
            request.Headers.Add("Sec-Fetch-Site", fetchSite);
        return await PageSeen.OfAsync(await Site.Client.SendAsync(request));
    }

    public async Task<string> SessionAsync(string name) =>
        (await SignInAsync(name)).Response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("cxo-session=", StringComparison.Ordinal))
            .Split(';')[0]["cxo-session=".Length..];

    public async Task<PageSeen> GetAsync(string path, string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"cxo-session={session}");
        return await PageSeen.OfAsync(await Site.Client.SendAsync(request));
    }

    public async Task<IReadOnlyList<int>> StatusesAsync(string name)
    {
        var session = await SessionAsync(name);
        var statuses = new List<int>();
        foreach (var path in new[] { "/", "/customers", "/cases", "/outbox", "/api/customers/1/timeline" })
            statuses.Add((int)(await GetAsync(path, session)).Status);
        return statuses;
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        _folder.Dispose();
    }
}
