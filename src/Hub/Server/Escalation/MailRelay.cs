using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Vkp.Hub.Escalation;

/// <summary>Where e-mail is handed in: the operator's own relay.</summary>
/// <param name="From">The sender's address.</param>
/// <param name="UseTls">STARTTLS; without it the relay must be on this machine or its network.</param>
public sealed record MailOptions(string Host, int Port, string From, bool UseTls, string? UserName = null, string? Password = null)
{
    /// <summary>Reads `smtp://user:password@host:port?from=address`; `smtps` asks for STARTTLS. Null when it is neither.</summary>
    public static MailOptions? Parse(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Query.Split("from=") is not [_, { Length: > 0 } from] || !MailAddress.TryCreate(Uri.UnescapeDataString(from), out _)) return null;

        var account = uri.UserInfo.Split(':', 2);
        return new MailOptions(
            uri.Host, uri.Port > 0 ? uri.Port : 25, Uri.UnescapeDataString(from), uri.Scheme == "smtps",
            account[0].Length > 0 ? Uri.UnescapeDataString(account[0]) : null, account.Length > 1 ? Uri.UnescapeDataString(account[1]) : null);
    }
}

/// <summary>
/// Hands one letter to the relay. System.Net.Mail rather than a package: one plain letter at a time over SMTP with STARTTLS is all that is needed, and the package that its
/// makers recommend instead cannot be restored where this is built.
/// </summary>
public sealed class MailRelay(Func<MailOptions?> relay)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="id">The same for every try, so that a letter that comes twice can be seen to be one.</param>
    /// <returns>Null when the relay took it; else why not, without any address.</returns>
    public async Task<string?> SendAsync(Guid id, IReadOnlyList<string> to, string subject, string body, CancellationToken ct)
    {
        if (relay() is not { } options) return "no relay is configured";

        using var letter = new MailMessage { From = new MailAddress(options.From), Subject = subject, Body = body, SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8, BodyTransferEncoding = TransferEncoding.QuotedPrintable };
        foreach (var address in to) letter.To.Add(address);
        letter.Headers.Add("Message-ID", $"<{id:N}@vkp.invalid>");
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.UseTls };
        if (options.UserName is not null) client.Credentials = new NetworkCredential(options.UserName, options.Password);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(letter, timeout.Token);
            return null;
        }
        catch (SmtpException refused)
        {
            return $"the relay did not take it ({refused.StatusCode})";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"the relay did not answer within {Patience.TotalSeconds:0} s";
        }
    }
}
