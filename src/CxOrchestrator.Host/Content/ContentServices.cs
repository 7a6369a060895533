using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Schedules;


namespace CxOrchestrator.Host.Content;

/// <summary>Registers what people write, and its publication.</summary>
internal static class ContentServices
{
    public static IServiceCollection AddContent(this IServiceCollection services) => services
        .AddSingleton(provider => ContentRules.Of(provider.GetRequiredService<CoreSettings>(), CronCheck.Fault))
        .AddSingleton<Publisher>()
        .AddSingleton<IPublishedContent, ContentCatalog>();
}
