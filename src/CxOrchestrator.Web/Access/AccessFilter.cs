using CxOrchestrator.Web.Events;
using CxOrchestrator.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Web.Access;

/// <summary>Lets a request through where its visitor has one of the roles; else it answers with a kind page, or a problem for the API.</summary>
internal sealed class AccessFilter(Role[] roles) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var isApi = http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
        if (http.RequestServices.GetRequiredService<Visitors>().Of(http) is not { } visitor)
        {
            if (!isApi)
                return http.RequestServices.GetRequiredService<LoginEndpoints>().SignInFirst(http);
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return new EventProblem { Title = "Unauthorized", Status = StatusCodes.Status401Unauthorized }.ToResult();
        }

        http.Features.Set(visitor);
        if (roles.Contains(visitor.Role))
            return await next(context);
        if (isApi)
            return new EventProblem { Title = "Forbidden", Status = StatusCodes.Status403Forbidden }.ToResult();
        var allowed = string.Join(" and ", roles.Select(role => role.ToString().ToLowerInvariant()));
        return StaffPage.Message(
            http, "This page is not for your role", $"It is for {allowed}. Ask an administrator if you need it.", StatusCodes.Status403Forbidden);
    }
}

/// <summary>Ways to say who an endpoint is for.</summary>
internal static class AccessRules
{
    /// <summary>For these roles; for all of them where none is given.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter(new AccessFilter(roles.Length > 0 ? roles : Enum.GetValues<Role>()));

    /// <summary>The visitor whom <see cref="AccessFilter"/> has let through.</summary>
    public static Visitor Visitor(this HttpContext http) =>
        http.Features.Get<Visitor>() ?? throw new InvalidOperationException("This endpoint has no access rule.");
}
