using Microsoft.Playwright;

namespace CxOrchestrator.EndToEnd.Tests.Browsing;

/// <summary>Going from one page to the next, which may have the same address.</summary>
internal static class NextPage
{
    /// <summary>Does what leads on, and waits until the next page is there.</summary>
    public static async Task ToNextAsync(this IPage page, Func<Task> press)
    {
        await page.EvaluateAsync("document.body.setAttribute('data-seen', '')");
        await press();
        await page.Locator("body:not([data-seen])").WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.Load);
    }
}
