using System.Text.RegularExpressions;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Starters;

/// <summary>What a message of the starter content must be in the language of who gets it.</summary>
public static partial class Letter
{
    /// <summary>The languages of the starter content.</summary>
    public static TheoryData<string> Languages => ["en", "th", "fa", "zh", "pt"];

    /// <summary>The subject that a message has, as its author wrote it.</summary>
    public static string Subject(string message, string language = "en") => StarterShop.Content[$"messages/{message}/{language}.subject"].Trim();

    /// <summary>A mail is this message in this language, written from the right where the language is, and nothing in it was left unfilled.</summary>
    public static void Is(EmailMessage mail, string message, string language, Customer customer)
    {
        // A Chinese letter greets by the whole name.
        var name = language == "zh" ? customer.Name : customer.GivenName;
        Assert.Equal((Subject(message, language), language), (mail.Subject, mail.Language));
        Assert.Contains($"<html lang=\"{language}\" dir=\"{(language == "fa" ? "rtl" : "ltr")}\">", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"<td dir=\"{(language == "fa" ? "rtl" : "ltr")}\" align=\"{(language == "fa" ? "right" : "left")}\"", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotMatch("[{}]", mail.Subject + mail.Text + Styles().Replace(mail.Html!, ""));
        Assert.Contains(name, mail.Text, StringComparison.Ordinal);
        Assert.Contains($"<bdi>{name}</bdi>", mail.Html, StringComparison.Ordinal);
    }

    /// <summary>A mail asks: a button for each score of the scale, and one link in its text.</summary>
    public static void Asks(EmailMessage mail, int lowest, int highest)
    {
        var link = Assert.Single(SurveyLink().Matches(mail.Text)).Value;
        var scores = Score().Matches(mail.Html!).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal([.. Enumerable.Range(lowest, highest - lowest + 1).Select(score => $"{link}?score={score}")], scores);
    }

    /// <summary>A text message is this message in this language: its words up to the first thing that is filled in after the company's name, and all of it filled in.</summary>
    public static void IsText(SmsMessage text, string message, string language)
    {
        var written = StarterShop.Content[$"messages/{message}/{language}.sms"].Replace("{{ company.name }}", "Example Shop", StringComparison.Ordinal);
        Assert.StartsWith(written.Split("{{")[0], text.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch("[{}]", text.Text);
    }

    [GeneratedRegex("https://shop\\.example/s/[\\w-]+")]
    private static partial Regex SurveyLink();

    [GeneratedRegex("href=\"([^\"?]+\\?score=\\d+)\"")]
    private static partial Regex Score();

    [GeneratedRegex("style=\"[^\"]*\"")]
    private static partial Regex Styles();
}
