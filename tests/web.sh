# web.sh - two web servers on 127.0.0.1 for the tests of fetch: to be sourced
# shellcheck shell=bash
#
# nginx serves $D/www at $http, at $https with a certificate of the authority
# in $D/ca.pem, at $expired with one that is out of date, and at $foreign with
# one of an authority that nobody knows, and logs to $D/nginx.log.
# tests/server.py serves it at $bad, with faults, and logs to $D/log.

# A certificate for 127.0.0.1: certificate NAME AUTHORITY DAYS
certificate()
{
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
	    -nodes -keyout "$D/$1.key" -out "$D/$1.csr" -subj /CN=test
	openssl x509 -req -in "$D/$1.csr" -CA "$D/$2.pem" -CAkey "$D/$2.key" \
	    -CAcreateserial -days "$3" -out "$D/$1.pem" \
	    -extfile <(echo subjectAltName=IP:127.0.0.1)
}

authority()
{
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
	    -nodes -keyout "$D/$1.key" -out "$D/$1.pem" -subj "/CN=$1" -days 2
}

# That many ports that are free now.
free_ports()
{
	/usr/bin/python3 -c 'import socket, sys
s = [socket.create_server(("127.0.0.1", 0)) for i in range(int(sys.argv[1]))]
print(*(x.getsockname()[1] for x in s))' "$1"
}

tls_server()
{
	cat <<-END
		server {
			listen 127.0.0.1:$1 ssl;
			ssl_certificate $D/$2.pem;
			ssl_certificate_key $D/$2.key;
			location /down { return 302 http://127.0.0.1:$3/a.csv; }
		}
	END
}

nginx_conf()
{
	[ "$(id -u)" != 0 ] || echo 'user root;'
	cat <<-END
		daemon off;
		master_process off;
		pid $D/nginx.pid;
		error_log $D/nginx.err;
		events { }
		http {
		log_format asked '\$request_uri \$status \$http_range';
		access_log $D/nginx.log asked;
		root $D/www;
		client_body_temp_path $D/t1; proxy_temp_path $D/t2;
		fastcgi_temp_path $D/t3; uwsgi_temp_path $D/t4;
		scgi_temp_path $D/t5;
		types { text/csv csv; application/gzip gz; }
		server {
			listen 127.0.0.1:$1;
			location /zipped/ {
				alias $D/www/;
				gzip on;
				gzip_types *;
			}
			location /limited/ {
				alias $D/www/;
				limit_rate 400k;
			}
			location /up { return 301 https://127.0.0.1:$2/a.csv; }
		}
		$(tls_server "$2" good "$1")
		$(tls_server "$3" expired "$1")
		$(tls_server "$4" foreign "$1")
		}
	END
}

wait_for()
{
	local i
	for ((i = 0; i < 100; i++)); do
		! "$@" 2>/dev/null || return 0
		sleep 0.05
	done
	echo "waited in vain: $*"
	return 1
}

# For the setup_file of a file of tests, which has set TOP.
web_start()
{
	local ports
	export LC_ALL=C D=$BATS_FILE_TMPDIR BIN=${BIN:-$TOP/bin}
	[[ $BIN == /* ]] || BIN=$PWD/$BIN
	mkdir -p "$D/www"
	printf 'id,title\n1,Tangent Prop\n' >"$D/www/a.csv"
	printf 'id,title\n2,Algorithms\n' >"$D/www/b.csv"
	perl -e 'srand 1; print join(",", map { int rand 1e9 } 1 .. 8), "\n"
	    for 1 .. 16000' >"$D/www/big"
	gzip -k "$D/www/big"
	zstd -qk "$D/www/big"
	: >"$D/www/empty"
	{
		authority ca
		authority stranger
		certificate good ca 2
		certificate expired ca -1
		certificate foreign stranger 2
	} >"$D/openssl.out" 2>&1
	read -ra ports < <(free_ports 4)
	nginx_conf "${ports[@]}" >"$D/nginx.conf"
	: >"$D/log"
	# 3 is what bats waits for
	PATH=$PATH:/usr/sbin nginx -e "$D/nginx.err" -c "$D/nginx.conf" \
	    >"$D/nginx.out" 2>&1 3>&- &
	nginx_pid=$!
	/usr/bin/python3 "$TOP/tests/server.py" "$D/www" "$D/port" "$D/log" \
	    >"$D/server.out" 2>&1 3>&- &
	server_pid=$!
	export nginx_pid server_pid
	wait_for test -s "$D/port"
	export http=http://127.0.0.1:${ports[0]}
	export https=https://127.0.0.1:${ports[1]}
	export expired=https://127.0.0.1:${ports[2]}
	export foreign=https://127.0.0.1:${ports[3]}
	bad=http://127.0.0.1:$(cat "$D/port")
	export bad
	wait_for bash -c "exec 4<>/dev/tcp/127.0.0.1/${ports[3]}"
	# what the machine has set does not count
	unset http_proxy https_proxy HTTPS_PROXY ALL_PROXY all_proxy \
	    CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR
	export HOME=$D no_proxy=
}

web_stop()
{
	kill "$nginx_pid" "$server_pid"
	wait "$nginx_pid" "$server_pid" 2>/dev/null || true
}

# A table of these urls, one source each.
table()
{
	local i=0 url
	printf 'source\tformat\turl\n' >sources.tsv
	for url; do
		printf 's%d\tcsv\t%s\n' $((++i)) "$url"
	done >>sources.tsv
}

# fetch into the folder "store" as fast as it can: what comes is in out, err
get()
{
	timeout 60 "$BIN/fetch" -q -o store --rate 0 --retry-wait 0 "$@" \
	    sources.tsv >out 2>err 3>&-
}

# get, and the exit status that it must have
get_is()
{
	local want=$1 got=0
	shift
	get "$@" || got=$?
	[ "$got" = "$want" ] || {
		echo "exit status $got, expected $want"
		cat out err
		return 1
	}
}

# The body of the Nth document is that file, and so says the document.
body_is()
{
	local path sum
	path=$(sed -n "${2:-1}p" out | jq -r .path)
	cmp "$path" "$1"
	sum=$(sha256sum <"$1")
	[[ $path == *store/body/${sum:0:2}/${sum%% *} ]]
	[ "$(sed -n "${2:-1}p" out | jq -r '"\(.sha256) \(.bytes)"')" = \
	    "${sum%% *} $(stat -c %s "$1")" ]
}

# Every body in the store has the digest that it is named by, and is whole;
# nothing is left of the way it came.
store_is_sound()
{
	local f sum
	for f in store/body/*/*; do
		[ -e "$f" ] || continue
		sum=$(sha256sum <"$f")
		[ "${f##*/}" = "${sum%% *}" ] || {
			echo "$f is ${sum%% *}"
			return 1
		}
	done
}

nothing_is_left()
{
	[ -z "$(ls store/part)" ] || {
		ls -l store/part
		return 1
	}
}

# A member of all requests of the log whose path begins so, one a line.
requests()
{
	jq -r --arg path "$1" --arg member "$2" \
	    'select(.path | startswith($path)) | .[$member] // "-"' "$D/log"
}
