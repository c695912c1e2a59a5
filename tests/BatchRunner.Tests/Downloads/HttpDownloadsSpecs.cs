using System.Net;
using System.Security.Cryptography;
using BatchRunner.Downloads;
using BatchRunner.TestKit;
using BatchRunner.Tests.Runway;

namespace BatchRunner.Tests.Downloads;

public sealed class HttpDownloadsSpecs : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Clip => Path.Combine(folder.FullPath, "clips", "a.mp4");

    [Theory]
    [InlineData("length")]
    [InlineData("chunks")]
    [InlineData("close")]
    public async Task An_output_is_saved_whole(string framing)
    {
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Read();
            await Send(conversation, Samples.Mp4, framing);
        });

        var answer = await Fetch(server);

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Samples.Mp4));
        Assert.Equal(new DownloadAnswer.Saved(Clip, Samples.Mp4.Length, sha256), answer);
        Assert.Equal(Samples.Mp4, await File.ReadAllBytesAsync(Clip, Client.Stop));
        Assert.Equal([Clip], Files());
        var request = Assert.Single(server.Heard);
        Assert.Null(request["Authorization"]);
        Assert.Null(request["X-Runway-Version"]);
        Assert.Null(request["Accept-Encoding"]);
        Assert.Null(request["Cookie"]);
    }

    [Fact]
    public async Task A_file_is_named_for_what_it_is()
    {
        await using var server = Serving(Samples.Mov);

        Assert.Equal(Path.ChangeExtension(Clip, ".mov"), Assert.IsType<DownloadAnswer.Saved>(await Fetch(server)).FullPath);
    }

    public static TheoryData<string, string> Troubles => new()
    {
        { "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nabc", "the connection closed before the answer was whole" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "the connection closed before the answer was whole" },
        { "HTTP/1.1 200 OK\r\n\r\n", "the output is empty" },
        { RawServer.Answer(200, "<html></html>", "", "text/html"), "the output does not begin like a `.mp4` file" },
        { RawServer.Answer(200, "abc", "Content-Encoding: gzip\r\n"), "the output came packed, which was not asked for" },
        { "HTTP/1.1 206 Partial\r\nContent-Length: 1\r\n\r\na", "answered 206" },
        { "HTTP/1.1 204 No Content\r\n\r\n", "answered 204" },
        { RawServer.Answer(429, ""), "answered 429" },
        { RawServer.Answer(500, ""), "answered 500" },
        { RawServer.Answer(503, ""), "answered 503" },
        { "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "answered 302" },
        { "", "the connection closed before the answer was whole" },
        { "junk\r\n\r\n", "the answer is not HTTP" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 2147483649\r\n\r\n", "the output is longer than 2147483648 bytes" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task What_is_not_a_whole_output_leaves_nothing(string said, string expected)
    {
        await using var server = new RawServer(said);

        Assert.Equal(new DownloadAnswer.Trouble(expected), await Fetch(server));
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_url_that_expired_says_so(int status)
    {
        await using var server = new RawServer(RawServer.Answer(status, "<Error/>"));

        Assert.Equal(new DownloadAnswer.Expired($"answered {status}"), await Fetch(server));
    }

    [Fact]
    public async Task A_file_cut_at_any_byte_is_never_saved()
    {
        for (var length = 0; length < Samples.Mp4.Length; length++)
        {
            await using var server = Serving(Samples.Mp4[..length], "close");
            Assert.IsType<DownloadAnswer.Trouble>(await Fetch(server));
        }

        Assert.Empty(Files());
    }

    [Fact]
    public async Task An_endless_output_stops_at_the_bound()
    {
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Read();
            await conversation.Say("HTTP/1.1 200 OK\r\n\r\n");
            while (true)
            {
                await conversation.Say(new byte[4096]);
            }
        });

        var answer = await Fetch(server, Options() with { MaxBytes = 100_000 });

        Assert.Equal(new DownloadAnswer.Trouble("the output is longer than 100000 bytes"), answer);
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("", "no answer within 30 s")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nab", "nothing came for 30 s")]
    public async Task Silence_ends_after_30_seconds(string said, string expected)
    {
        var clock = new ManualClock();
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Read();
            await conversation.Say(said);
            await Eventually(() => said.Length == 0 || new FileInfo(Clip + ".part") is { Exists: true, Length: 2 });
            clock.Advance(TimeSpan.FromSeconds(29));
            var left = conversation.WaitForClientToLeave();
            Assert.False(left.IsCompleted);
            await Eventually(() =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return left.IsCompleted;
            });
        });

        Assert.Equal(new DownloadAnswer.Trouble(expected), await Fetch(server, clock: clock));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_drip_is_no_better_than_silence()
    {
        var clock = new ManualClock();
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Read();
            await conversation.Say("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n");
            for (var seconds = 1; seconds <= 120; seconds++)
            {
                await conversation.Say("x");
                await Eventually(() => !File.Exists(Clip + ".part") ? seconds > 1 : new FileInfo(Clip + ".part").Length == seconds);
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        });

        Assert.Equal(new DownloadAnswer.Trouble("less than 16384 bytes in a minute"), await Fetch(server, clock: clock));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_a_killed_run_left_is_replaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Clip)!);
        await File.WriteAllTextAsync(Clip + ".part", "half", Client.Stop);
        await using var server = Serving(Samples.Mp4);

        Assert.IsType<DownloadAnswer.Saved>(await Fetch(server));
        Assert.Equal([Clip], Files());
    }

    [Theory]
    [InlineData("other")]
    [InlineData("the length of the sample, but other")]
    public async Task A_file_of_somebody_else_is_not_touched(string text)
    {
        var theirs = text.PadRight(text.Length > 10 ? Samples.Mp4.Length : 0);
        Directory.CreateDirectory(Path.GetDirectoryName(Clip)!);
        await File.WriteAllTextAsync(Clip, theirs, Client.Stop);
        await using var server = Serving(Samples.Mp4);

        Assert.Equal(new DownloadAnswer.Occupied(Clip), await Fetch(server));
        Assert.Equal(theirs, await File.ReadAllTextAsync(Clip, Client.Stop));
        Assert.Equal([Clip], Files());
    }

    [Fact]
    public async Task A_file_a_killed_run_had_already_named_is_ours()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Clip)!);
        await File.WriteAllBytesAsync(Clip, Samples.Mp4, Client.Stop);
        await using var server = Serving(Samples.Mp4);

        Assert.IsType<DownloadAnswer.Saved>(await Fetch(server));
        Assert.Equal([Clip], Files());
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("file")]
    [InlineData("part")]
    [InlineData("loop")]
    public async Task A_link_is_never_followed(string what)
    {
        using var outside = new TempFolder();
        var victim = outside.Write("victim", "theirs");
        var clips = Path.GetDirectoryName(Clip)!;
        var link = what switch { "file" => Clip, "part" => Clip + ".part", _ => clips };
        if (what is "file" or "part")
        {
            Directory.CreateDirectory(clips);
            File.CreateSymbolicLink(link, victim);
        }
        else
        {
            Directory.CreateSymbolicLink(link, what == "loop" ? clips : outside.FullPath);
        }

        await using var server = Serving(Samples.Mp4);

        var answer = await Fetch(server);

        Assert.Equal("theirs", await File.ReadAllTextAsync(victim, Client.Stop));
        Assert.Equal([victim], Directory.GetFiles(outside.FullPath));
        if (what == "part")
        {
            // A name that is ours to remove: the link goes, what it points to stays.
            Assert.IsType<DownloadAnswer.Saved>(answer);
        }
        else
        {
            Assert.Equal(new DownloadAnswer.Occupied(link), answer);
        }
    }

    [Theory]
    [InlineData("../a.mp4")]
    [InlineData("clips/../../a.mp4")]
    public async Task Nothing_is_written_outside_of_the_folder(string name)
    {
        await using var server = Serving(Samples.Mp4);
        var root = Path.Combine(folder.FullPath, "run");
        using var downloads = new HttpDownloads(Options() with { Root = root }, TimeProvider.System);

        var answer = await downloads.Fetch(server.Address, Path.GetFullPath(Path.Combine(root, name)), Client.Stop);

        Assert.IsType<DownloadAnswer.Occupied>(answer);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_small_file_asks_for_a_small_spare_only()
    {
        await using var server = Serving(Samples.Mp4);

        Assert.IsType<DownloadAnswer.Saved>(await Fetch(server, Options() with { FreeBytes = _ => 2 * 1024 * 1024 }));
    }

    [Fact]
    public async Task A_disk_without_room_is_seen_before_a_byte_is_written()
    {
        await using var server = Serving(Samples.Mp4);

        var answer = await Fetch(server, Options() with { FreeBytes = _ => Samples.Mp4.Length + 1000 });

        Assert.StartsWith("the disk lacks ", Assert.IsType<DownloadAnswer.DiskTrouble>(answer).Reason, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_folder_that_can_t_be_made_is_trouble_with_the_disk()
    {
        await using var server = Serving(Samples.Mp4);
        var root = Path.Combine(folder.Write("file", ""), "run");
        using var downloads = new HttpDownloads(Options() with { Root = root }, TimeProvider.System);

        var answer = await downloads.Fetch(server.Address, Path.Combine(root, "a.mp4"), Client.Stop);

        Assert.StartsWith("`a.mp4` can't be written: ", Assert.IsType<DownloadAnswer.DiskTrouble>(answer).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_redirects_are_followed_and_no_fourth()
    {
        var redirects = 3;
        await using var server = new RawServer(async conversation =>
        {
            var request = await conversation.Read();
            var step = int.Parse(request!.Line.Split(' ')[1].Trim('/').PadLeft(1, '0'), System.Globalization.CultureInfo.InvariantCulture);
            await (step < redirects
                ? conversation.Say(RawServer.Answer(302, "", $"Location: /{step + 1}\r\n"))
                : Send(conversation, Samples.Mp4, "length"));
        });

        Assert.IsType<DownloadAnswer.Saved>(await Fetch(server));

        redirects = 4;
        Assert.Equal(new DownloadAnswer.Trouble("more than 3 redirects"), await Fetch(server));
    }

    [Theory]
    [InlineData("http://a.test/x.mp4", "the output's URL is `http`, not https")]
    [InlineData("ftp://127.0.0.1/x.mp4", "the output's URL is `ftp`, not https")]
    [InlineData("file:///etc/passwd", "the output's URL is `file`, not https")]
    [InlineData("https://user:pass@a.test/x.mp4", "the output's URL holds a user name")]
    [InlineData("https://10.0.0.1/x.mp4", "the host has no public address")]
    [InlineData("https://169.254.169.254/latest", "the host has no public address")]
    [InlineData("https://[::ffff:169.254.169.254]/latest", "the host has no public address")]
    [InlineData("https://[fd00:ec2::254]/latest", "the host has no public address")]
    [InlineData("https://0/x", "the host has no public address")]
    [InlineData("https://2852039166/latest", "the host has no public address")]
    [InlineData("https://0xa9fea9fe/latest", "the host has no public address")]
    [InlineData("https://nowhere.invalid/x", "the host has no address")]
    public async Task An_output_that_is_not_on_the_internet_is_not_fetched(string place, string expected)
    {
        var options = Options() with { Proxy = new WebProxy() };

        foreach (var isDirect in new[] { true, false })
        {
            await using var server = new RawServer(RawServer.Answer(302, "", $"Location: {place}\r\n"));
            Assert.Equal(new DownloadAnswer.Trouble(expected), await Fetch(server, options, isDirect ? new Uri(place) : server.Address));
        }
    }

    [Theory]
    [InlineData("https://127.0.0.1:1/x", "the host has no public address")]
    [InlineData("https://localhost:1/x", "the host has no public address")]
    [InlineData("http://127.0.0.1:1/x", "the output's URL is `http`, not https")]
    [InlineData("http://localhost:1/x", "the output's URL is `http`, not https")]
    public async Task This_machine_is_not_fetched_from_unless_the_API_is_on_it(string place, string expected)
    {
        var options = Options() with { IsLoopbackAllowed = false, Proxy = new WebProxy() };
        using var downloads = new HttpDownloads(options, TimeProvider.System);

        Assert.Equal(new DownloadAnswer.Trouble(expected), await downloads.Fetch(new Uri(place), Clip, Client.Stop));
    }

    [Fact]
    public async Task A_cancelled_download_throws_and_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new RawServer(async conversation =>
        {
            await conversation.Read();
            await conversation.Say("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nab");
            await cancel.CancelAsync();
            await conversation.WaitForClientToLeave();
        });
        using var downloads = new HttpDownloads(Options(), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => downloads.Fetch(server.Address, Clip, cancel.Token));
        Assert.Empty(Files());
    }

    DownloadOptions Options() => new() { Root = folder.FullPath, IsLoopbackAllowed = true };

    async Task<DownloadAnswer> Fetch(RawServer server, DownloadOptions? options = null, Uri? url = null, TimeProvider? clock = null)
    {
        using var downloads = new HttpDownloads(options ?? Options(), clock ?? TimeProvider.System);
        return await downloads.Fetch(url ?? server.Address, Clip, Client.Stop);
    }

    string[] Files() => Directory.GetFiles(folder.FullPath, "*", SearchOption.AllDirectories);

    static RawServer Serving(byte[] bytes, string framing = "length") => new(async conversation =>
    {
        await conversation.Read();
        await Send(conversation, bytes, framing);
    });

    static async Task Send(RawConversation conversation, byte[] bytes, string framing)
    {
        await conversation.Say("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nConnection: close\r\n");
        await conversation.Say(framing switch
        {
            "length" => $"Content-Length: {bytes.Length}\r\n\r\n",
            "chunks" => $"Transfer-Encoding: chunked\r\n\r\n{bytes.Length:x}\r\n",
            _ => "\r\n",
        });
        await conversation.Say(bytes);
        if (framing == "chunks")
        {
            await conversation.Say("\r\n0\r\n\r\n");
        }
    }

    static async Task Eventually(Func<bool> isTrue)
    {
        while (!isTrue())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Client.Stop);
        }
    }
}
