using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Web.Access;
using CxOrchestrator.Web.Consent;
using CxOrchestrator.Web.Events;
using CxOrchestrator.Web.Pages;
using CxOrchestrator.Web.Settings;
using CxOrchestrator.Web.Surveys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Web;

/// <summary>
/// Puts the pages and the API into a host. They need of it: <see cref="Clocks"/>, <see cref="Core.Settings.CoreSettings"/>, <see cref="LinkSigner"/>,
/// <see cref="CustomerLinks"/>, the stores, the event intake, the published content and the connections.
/// </summary>
public static class WebRegistration
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

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
        services.AddSingleton<EventEndpoint>();
        return services;
    }

    /// <summary>Adds the pages and the API to the application.</summary>
    public static WebApplication MapWeb(this WebApplication app)
    {
        app.UseMiddleware<RequestLog>(app.Services.GetRequiredService<Clocks>().Machine);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<Failures>();
        MapCustomerPages(app);
        app.MapPost("/api/events", (EventEndpoint endpoint, HttpContext http, CancellationToken cancellation) =>
            endpoint.PostAsync(http, cancellation));
        return app;
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
