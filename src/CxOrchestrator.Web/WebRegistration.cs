using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Web.Access;
using CxOrchestrator.Web.Cases;
using CxOrchestrator.Web.Consent;
using CxOrchestrator.Web.Customers;
using CxOrchestrator.Web.Events;
using CxOrchestrator.Web.Health;
using CxOrchestrator.Web.Hooks;
using CxOrchestrator.Web.Outbox;
using CxOrchestrator.Web.Pages;
using CxOrchestrator.Web.Settings;
using CxOrchestrator.Web.Surveys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Web;

/// <summary>
/// Puts the pages and the API into a host. They need of it: <see cref="Clocks"/>, <see cref="Core.Settings.CoreSettings"/>, <see cref="LinkSigner"/>,
/// <see cref="CustomerLinks"/>, the stores, the event intake, the explainer, the published content and the connections.
/// </summary>
public static class WebRegistration
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Calling = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put];

    /// <summary>Adds what the pages need.</summary>
    /// <exception cref="InvalidOperationException">The settings are not valid; the message lists all that is wrong.</exception>
    public static IServiceCollection AddWeb(this IServiceCollection services, IConfiguration configuration)
    {
        var (settings, faults) = WebSettingsReader.Read(configuration);
        if (faults.Count > 0)
            throw new InvalidOperationException("The settings of pages and API are not valid:\n" + string.Join('\n', faults));

        services.AddRouting();
        services.AddSingleton(settings);
        services.AddSingleton<SurveyDesk>();
        services.AddSingleton<UnsubscribeDesk>();
        services.AddSingleton(provider => new FormStamp(
            provider.GetRequiredService<LinkSigner>(), provider.GetRequiredService<Clocks>(), settings.ConfirmWithin));
        services.AddSingleton(provider => new WrongKeys(provider.GetRequiredService<Clocks>().Machine));
        services.AddSingleton<SurveyEndpoints>();
        services.AddSingleton<UnsubscribeEndpoints>();
        services.AddSingleton<ComeBack>();
        services.AddSingleton<EventEndpoint>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<FormTokens>();
        services.AddSingleton<Visitors>();
        services.AddSingleton<LoginEndpoints>();
        services.AddSingleton<LatestBooks>();
        services.AddSingleton<StartEndpoint>();
        services.AddSingleton<CustomerEndpoints>();
        services.AddSingleton<ExplainEndpoints>();
        services.AddSingleton<CaseEndpoints>();
        services.AddSingleton<OutboxEndpoints>();
        services.AddSingleton<HealthEndpoint>();
        services.AddSingleton<BadSignatures>();
        services.AddSingleton<HookEndpoint>();
        return services;
    }

    /// <summary>Adds the pages and the API to the application.</summary>
    public static WebApplication MapWeb(this WebApplication app)
    {
        app.UseMiddleware<RequestLog>(app.Services.GetRequiredService<Clocks>().Machine);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<Failures>();
        MapCustomerPages(app);
        EventEndpoint? events = null;
        // By hand: to look for the endpoint's parts again at every event costs as much as to read one.
        app.MapPost("/api/events", http => (events ??= app.Services.GetRequiredService<EventEndpoint>()).PostAsync(http));
        app.MapMethods("/hooks/{connection}", Calling, (HookEndpoint hooks, HttpContext http, string connection, CancellationToken cancellation) =>
            hooks.TakeAsync(http, connection, cancellation));
        app.MapMethods("/health", Reading, (HealthEndpoint health, HttpContext http, CancellationToken cancellation) =>
            health.ShowAsync(http, cancellation));
        MapSigningIn(app);
        MapStaffPages(app);
        // Reading alone, so that a wrong method on a path of ours is told as such.
        app.MapMethods("/{**path}", Reading, NotFound).WithOrder(int.MaxValue);
        return app;
    }

    private static IResult NotFound(HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            return new EventProblem { Title = "Not Found", Status = StatusCodes.Status404NotFound }.ToResult();
        var words = CustomerMessagePage.WordsFor(request);
        return CustomerMessagePage.Of(words, words.Unknown, StatusCodes.Status404NotFound);
    }

    private static void MapSigningIn(IEndpointRouteBuilder app)
    {
        app.MapMethods("/login", Reading, (LoginEndpoints login, HttpContext http) => login.Show(http));
        app.MapPost("/login", (LoginEndpoints login, HttpContext http, CancellationToken cancellation) => login.SignInAsync(http, cancellation));
        app.MapPost("/logout", (LoginEndpoints login, HttpContext http, CancellationToken cancellation) => login.SignOutAsync(http, cancellation));
    }

    private static void MapStaffPages(IEndpointRouteBuilder app)
    {
        app.MapMethods("/", Reading, (StartEndpoint start, HttpContext http, CancellationToken cancellation) =>
            start.ShowAsync(http, cancellation)).For();
        app.MapMethods("/customers", Reading, (CustomerEndpoints customers, HttpContext http, string? q, string? after, CancellationToken cancellation) =>
            customers.ListAsync(http, q, after, cancellation)).For();
        app.MapMethods("/customers/{id}", Reading, (CustomerEndpoints customers, HttpContext http, string id, CancellationToken cancellation) =>
            customers.ShowAsync(http, id, cancellation)).For();
        app.MapMethods("/api/customers/{id}/timeline", Reading, (CustomerEndpoints customers, HttpContext http, string id, CancellationToken cancellation) =>
            customers.TimelineAsync(http, id, cancellation)).For();
        app.MapMethods(
            "/customers/{id}/explain/{journey}", Reading,
            (ExplainEndpoints explain, HttpContext http, string id, string journey, [FromQuery(Name = "event")] string? about, CancellationToken cancellation) =>
                explain.ShowAsync(http, id, journey, about, cancellation)).For();
        app.MapMethods(
            "/api/customers/{id}/explain/{journey}", Reading,
            (ExplainEndpoints explain, HttpContext http, string id, string journey, [FromQuery(Name = "event")] string? about, CancellationToken cancellation) =>
                explain.JsonAsync(http, id, journey, about, cancellation)).For();
        app.MapMethods("/cases", Reading, (CaseEndpoints cases, HttpContext http, string? state, CancellationToken cancellation) =>
            cases.ListAsync(http, state, cancellation)).For(Role.Agent, Role.Admin);
        app.MapMethods("/outbox", Reading, (OutboxEndpoints outbox, HttpContext http, string? connection, string? cursor, CancellationToken cancellation) =>
            outbox.ListAsync(http, connection, cursor, cancellation)).For(Role.Marketing, Role.Admin);
        app.MapMethods("/outbox/{connection}/{key}", Reading, (OutboxEndpoints outbox, HttpContext http, string connection, string key, CancellationToken cancellation) =>
            outbox.ShowAsync(http, connection, key, cancellation)).For(Role.Marketing, Role.Admin);
        app.MapMethods(
            "/outbox/{connection}/{key}/html", Reading,
            (OutboxEndpoints outbox, HttpContext http, string connection, string key, CancellationToken cancellation) => outbox.HtmlAsync(http, connection, key, cancellation)).For(Role.Marketing, Role.Admin);
    }

    private static void MapCustomerPages(IEndpointRouteBuilder app)
    {
        app.MapMethods("/s/{token}", Reading, (string token, SurveyEndpoints surveys, HttpRequest request, CancellationToken cancellation) =>
            surveys.ShowAsync(token, request, cancellation));
        app.MapPost("/s/{token}", (string token, SurveyEndpoints surveys, HttpRequest request, CancellationToken cancellation) =>
            surveys.AnswerAsync(token, request, cancellation));
        app.MapMethods("/u/{token}", Reading, (string token, UnsubscribeEndpoints page, HttpRequest request, CancellationToken cancellation) =>
            page.ShowAsync(token, request, cancellation));
        app.MapPost("/u/{token}", (string token, UnsubscribeEndpoints page, HttpRequest request, CancellationToken cancellation) =>
            page.ChangeAsync(token, request, cancellation));
    }
}
