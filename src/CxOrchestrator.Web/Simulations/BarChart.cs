using System.Globalization;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Simulations;

/// <summary>Upright bars as a picture of lines and boxes, with a description for who can't see it and all numbers in a table below.</summary>
internal static class BarChart
{
    private const int Width = 900;
    private const int Height = 220;
    private const int Left = 84;
    private const int Bottom = 34;
    private const int Top = 16;
    private const int Labels = 12;

    /// <summary>The picture.</summary>
    /// <param name="title">What is counted.</param>
    /// <param name="bars">Names and numbers in order; at least one.</param>
    public static Markup Of(string title, IReadOnlyList<(string Name, long Count)> bars)
    {
        var most = Math.Max(1, bars.Max(bar => bar.Count));
        var top = bars.MaxBy(bar => bar.Count);
        var width = (Width - Left) / (double)bars.Count;
        var every = Math.Max(1, (bars.Count + Labels - 1) / Labels);
        var says = $"{title}: {bars.Count} bars, {SimulationPage.Count(bars.Sum(bar => bar.Count))} in all; the highest is {top.Name} with {SimulationPage.Count(top.Count)}.";
        return Markup.Of($"""
            <figure>
            <figcaption>{title}</figcaption>
            <div class="wide" role="region" aria-label="{title}, the picture" tabindex="0"><svg class="chart" viewBox="0 0 {Width} {Height}" role="img" aria-label="{says}">
            <line class="axis" x1="{Left}" y1="{Height - Bottom}" x2="{Width}" y2="{Height - Bottom}"/>
            <text x="{Left - 6}" y="{Top + 4}" text-anchor="end">{SimulationPage.Count(most)}</text>
            <text x="{Left - 6}" y="{Height - Bottom}" text-anchor="end">0</text>
            {bars.Select((bar, place) => Bar(place, bar.Count, most, width))}
            {bars.Select((bar, place) => place % every == 0 ? Label(place, bar.Name, width) : Markup.Empty)}
            </svg></div>
            <details><summary>The numbers</summary>
            <div class="wide" role="region" aria-label="{title}, the numbers" tabindex="0"><table><thead><tr><th scope="col">When</th><th scope="col" class="number">Messages</th></tr></thead>
            <tbody>{bars.Select(bar => Markup.Of($"<tr><th scope=\"row\">{bar.Name}</th><td class=\"number\">{SimulationPage.Count(bar.Count)}</td></tr>"))}</tbody></table></div>
            </details>
            </figure>
            """);
    }

    private static Markup Bar(int place, long count, long most, double width)
    {
        var high = (Height - Bottom - Top) * (count / (double)most);
        return Markup.Of($"<rect class=\"bar\" x=\"{Number(Left + (place * width) + (width * 0.1))}\" y=\"{Number(Height - Bottom - high)}\" width=\"{Number(width * 0.8)}\" height=\"{Number(high)}\"/>");
    }

    private static Markup Label(int place, string name, double width) =>
        Markup.Of($"<text x=\"{Number(Left + ((place + 0.5) * width))}\" y=\"{Height - 10}\" text-anchor=\"middle\">{name}</text>");

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
