namespace CxOrchestrator.Web.Pages;

/// <summary>A page to be shown.</summary>
internal sealed record Page
{
    /// <summary>What the browser's tab says.</summary>
    public required string Title { get; init; }

    /// <summary>What stands in <c>body</c>.</summary>
    public required Markup Body { get; init; }

    /// <summary>The page's style sheet.</summary>
    public required string Styles { get; init; }

    /// <summary>The page's language, BCP 47.</summary>
    public string Language { get; init; } = "en";

    /// <summary>HTTP status.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Whether the page holds a frame with a page of ours.</summary>
    public bool HoldsFrame { get; init; }
}
