using System.CommandLine;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>templates render</c>: a message as a customer would get it.</summary>
internal static class RenderCommand
{
    private static readonly string[] Parts = ["text", "html", "subject", "sms"];

    public static Command Build(IAnsiConsole console)
    {
        var message = new Argument<string>("message") { Description = "The message's name." };
        var customer = new Option<string?>("--customer") { Description = "Our id, an id elsewhere (shop:4711), or the beginning of a name or address; default: a sample customer." };
        var language = new Option<string?>("--language") { Description = "The language; default: the one that the customer would get." };
        var part = new Option<string?>("--part") { Description = "text, html, subject or sms; default: subject and text, with --open the html, and the sms where that is all there is." };
        part.AcceptOnlyFromAmong(Parts);
        var open = new Option<bool>("--open") { Description = "Open it in the program for such files, for example the browser." };
        var file = new Option<string?>("--out") { Description = "Write it to this file instead of printing it." };
        var draft = new Option<bool>("--draft") { Description = "Take the message of the content folder instead of the published one." };
        return new Command("render", "Renders a message for a customer, with a sample event and answer and links that lead nowhere.")
        {
            message, customer, language, part, open, file, draft,
        }.Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            var template = parsed.GetValue(draft)
                ? Draft(installation, parsed.GetValue(message)!, console)
                : await PublishedAsync(installation, parsed.GetValue(message)!, cancellation);
            var somebody = await CustomerAsync(installation, parsed.GetValue(customer), cancellation);
            var wanted = parsed.GetValue(part) ?? Default(template, parsed.GetValue(open));
            var text = Render(installation, template, wanted, Language(parsed.GetValue(language)), somebody);
            await MessageOutput.WriteAsync(console, text, wanted, parsed.GetValue(file), parsed.GetValue(open), cancellation);
            return 0;
        });
    }

    private static MessageTemplate Draft(Installation installation, string name, IAnsiConsole console)
    {
        var folder = installation.Settings.Core.ContentFolder;
        var messages = ContentFolder.Load(ContentFiles.Read(folder), installation.Services.GetRequiredService<ContentRules>().DefaultLanguage).Messages;
        if (messages.FirstOrDefault(parse => parse.Name == name) is not { } parse)
            throw Unknown(name, messages.Select(one => one.Name), $"in {folder}");
        Publishing.Tell(console, parse.Faults);
        return parse.Message ?? throw new UserException($"The message '{name}' can't be rendered: {Publishing.Count(parse.Faults)}.");
    }

    private static async Task<MessageTemplate> PublishedAsync(Installation installation, string name, CancellationToken cancellation)
    {
        await Store.ReadyAsync(installation.Services, cancellation);
        var content = installation.Services.GetRequiredService<IPublishedContent>();
        await content.RefreshAsync(cancellation);
        if (content.Message(name) is { } message)
            return message;
        var known = await installation.Services.GetRequiredService<IContentStore>().LatestAsync(ContentKind.Message, cancellation);
        throw Unknown(name, known.Select(one => one.Key), "published (--draft takes that of the content folder)");
    }

    private static UserException Unknown(string name, IEnumerable<string> known, string where) =>
        new($"No message '{name}' is {where}.{Nearest.Hint(name, known)}");

    private static async Task<Customer?> CustomerAsync(Installation installation, string? who, CancellationToken cancellation)
    {
        if (who is null)
            return null;
        await Store.ReadyAsync(installation.Services, cancellation);
        return await CustomerLookup.FindAsync(installation.Services.GetRequiredService<ICustomerStore>(), who, cancellation);
    }

    private static string? Language(string? tag)
    {
        if (tag is null)
            return null;
        var match = Locales.Find(tag);
        return match.Known ? match.Tag : throw new UserException($"--language {tag}: {match.Problem}.");
    }

    private static string Default(MessageTemplate message, bool open) => message.CanGoBy(Channel.Email)
        ? open && message.Languages.Values.Any(parts => parts.Html is not null) ? "html" : "mail"
        : "sms";

    private static string Render(Installation installation, MessageTemplate message, string part, string? language, Customer? customer)
    {
        var preview = new MessagePreview(installation.Services.GetRequiredService<ContentRules>(), installation.Services.GetRequiredService<Clocks>().Now);
        var (rendered, error) = preview.Render(message, part == "sms" ? Channel.Sms : Channel.Email, language, customer);
        if (rendered is null)
            throw new UserException(error!.ToString());
        return part switch
        {
            "html" => rendered.Html ?? throw new UserException($"The message '{message.Name}' has no html in '{rendered.Language}'."),
            "subject" => rendered.Subject + "\n",
            "mail" => $"Subject: {rendered.Subject}\n\n{rendered.Text}",
            _ => rendered.Text.TrimEnd('\n') + "\n",
        };
    }
}
