using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Tests.Content;

public sealed class MessageParserTests
{
    [Fact]
    public void Files_become_parts_by_language()
    {
        var parse = Parse(("en.subject", "Hi"), ("en.txt", "Hi"), ("pt_br.subject", "Oi"), ("pt_br.txt", "Oi"), ("pt_br.html", "<b>Oi</b>"));
        Assert.Empty(parse.Faults);
        Assert.Equal(["en", "pt-BR"], parse.Message!.Languages.Keys.Order());
        Assert.Equal("en", parse.Message.DefaultLanguage);
        Assert.NotNull(parse.Message.Languages["pt-BR"].Html);
        Assert.True(parse.Message.CanGoBy(Channel.Email));
        Assert.False(parse.Message.CanGoBy(Channel.Sms));
    }

    [Theory]
    [InlineData("en.text", "messages/note/en.text: error: A message's files are LANGUAGE.subject, LANGUAGE.html, LANGUAGE.txt and LANGUAGE.sms. Did you mean 'en.txt'?")]
    [InlineData("klingon.txt", "messages/note/klingon.txt: error: 'klingon' is no known language")]
    [InlineData("EN.txt", "The part en.txt is there twice")]
    public void A_file_that_is_no_part_is_refused(string file, string text) =>
        Assert.Contains(Parse(("en.subject", "Hi"), ("en.txt", "Hi"), (file, "Hi")).Faults, fault => fault.ToString().Contains(text, StringComparison.Ordinal));

    [Fact]
    public void A_template_that_does_not_parse_is_told_with_line_and_column()
    {
        var parse = Parse(("en.subject", "Hi"), ("en.txt", "Hello,\nyour {{ if }} order"));
        Assert.Null(parse.Message);
        Assert.Contains(parse.Faults, fault => fault.ToString().StartsWith("messages/note/en.txt:2:", StringComparison.Ordinal));
    }

    [Fact]
    public void An_email_without_a_text_is_refused()
    {
        var parse = Parse(("en.subject", "Hi"), ("en.html", "<b>Hi</b>"));
        Assert.Null(parse.Message);
        Assert.Equal("messages/note/en.txt", Assert.Single(parse.Faults).File);
    }

    [Fact]
    public void A_part_that_is_missing_in_another_language_is_a_warning_that_says_what_will_happen()
    {
        var parse = Parse(("en.subject", "Hi"), ("en.txt", "Hi"), ("en.html", "Hi"), ("th.subject", "x"), ("th.txt", "x"), ("zh.subject", "x"), ("zh.html", "x"));
        Assert.NotNull(parse.Message);
        Assert.All(parse.Faults, fault => Assert.True(fault.IsWarning));
        Assert.Contains(parse.Faults, fault => fault.File == "messages/note/th.html" && fault.Text.Contains("get text only", StringComparison.Ordinal));
        Assert.Contains(parse.Faults, fault => fault.File == "messages/note/zh.txt" && fault.Text.Contains("get the message in 'en'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_in_one_language_takes_it_as_the_default_and_in_several_needs_the_installations()
    {
        Assert.Equal("th", Parse(("th.sms", "x")).Message!.DefaultLanguage);
        Assert.Contains("not in the default language 'en'", Assert.Single(Parse(("th.sms", "x"), ("zh.sms", "x")).Faults).Text, StringComparison.Ordinal);
        Assert.Contains("The message has no parts", Assert.Single(Parse().Faults).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("th-TH", Channel.Email, "th")]
    [InlineData("th-TH", Channel.Sms, "en")]
    [InlineData("pt-PT", Channel.Email, "pt-BR")]
    [InlineData("zh-CN", Channel.Email, "en")]
    [InlineData("fr-FR", Channel.Email, "en")]
    public void The_language_is_the_customers_where_it_has_all_parts_of_the_channel(string locale, Channel channel, string language)
    {
        var message = Parse(
            ("en.subject", "x"), ("en.txt", "x"), ("en.sms", "x"), ("th.subject", "x"), ("th.txt", "x"),
            ("pt-BR.subject", "x"), ("pt-BR.txt", "x"), ("zh.subject", "x"), ("zh.html", "x")).Message!;
        Assert.Equal(language, message.LanguageFor(locale, channel));
    }

    private static MessageParse Parse(params (string File, string Text)[] files) =>
        MessageParser.Parse("note", files.ToDictionary(file => file.File, file => file.Text), "en");
}
